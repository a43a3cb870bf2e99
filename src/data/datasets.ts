/** The catalogue of datasets: import, look at, rename, delete, restore. */
import type { DatasetRecord } from '../spec/dataset.js';
import type { PictureSize } from '../spec/field.js';
import type { FieldType } from '../spec/field-type.js';
import type { ImportRecord } from '../spec/import.js';
import type { Profile } from '../spec/profile.js';
import type { BuiltinDescription, ByteSource, Source } from './source.js';
import type { Picture, Table } from './table.js';

export interface ImportOptions {
  name?: string;
  /** Overrides of inferred types, by column. */
  types?: Record<string, FieldType>;
  /**
   * The size that pictures are brought to. Left out: their own, where all have the same and it is at most 64 × 64; else 64 × 64. Grey where all
   * pictures are.
   */
  pictures?: PictureSize;
}

export interface ImportProgress {
  /** A table is read twice: to learn what its columns hold, and to keep their values. */
  stage: 'learning' | 'keeping';
  /** In this stage. */
  rows: number;
  bytes: number;
  /** Bytes in all, where known. */
  size?: number;
  /** Of all the work, 0…1, where it can be told. */
  share?: number;
  secondsLeft?: number;
}

/** A form that a dataset can be written in. */
export type ExportFormat = 'parquet' | 'csv' | 'ndjson';

export interface ExportPiece {
  bytes: Uint8Array;
  /** Written so far. */
  rows: number;
  secondsLeft?: number;
}

export interface ProfileProgress {
  rows: number;
  /** Rows in all. */
  of: number;
  secondsLeft: number;
}

export interface Datasets {
  builtins(): Promise<BuiltinDescription[]>;
  /**
   * Reads a source into stored chunks, in bounded memory. Cancelling leaves nothing behind. Where the page or process ended before the last
   * row, the same source given again goes on where it was.
   * @throws InputError `invalid-source`; of what is read, naming the file, row and column
   */
  import(source: Source, options?: ImportOptions, signal?: AbortSignal): AsyncGenerator<ImportProgress, DatasetRecord>;
  /** Imports that were cut off: the same source given again goes on. */
  unfinished(): Promise<ImportRecord[]>;
  /** Forgets an import that was cut off, and frees what it kept. */
  discard(id: string): Promise<void>;
  /** Those not deleted, newest first. */
  list(): Promise<DatasetRecord[]>;
  get(id: string): Promise<DatasetRecord>;
  /**
   * What is in a dataset, column by column and together, in one pass and bounded memory. Kept by the data's hash: asked again, it is answered at once,
   * and for another target without a second pass.
   * @param options target: left out, the suggested one; null, none
   * @throws InputError `target-missing`, `unknown-dataset`
   */
  profile(id: string, options?: { target?: string | null }, signal?: AbortSignal): AsyncGenerator<ProfileProgress, Profile>;
  /** Rows [offset, offset + limit), clipped to what is there. */
  preview(id: string, offset: number, limit: number): Promise<Table>;
  /**
   * Decodes one picture file (PNG, JPEG or WebP), the same bits on every host; brought to a size where one is given.
   * @throws InputError `not-a-picture` or `picture-too-large`
   */
  decodePicture(file: ByteSource, size?: PictureSize): Promise<Picture>;
  /**
   * The dataset as a file, piece by piece. A text in CSV that a spreadsheet would run as a formula gets an apostrophe in front.
   * @throws InputError `unknown-format`, or `pictures-for-table` where it holds pictures
   */
  export(id: string, format: ExportFormat, signal?: AbortSignal): AsyncGenerator<ExportPiece, { rows: number; bytes: number }>;
  rename(id: string, name: string): Promise<DatasetRecord>;
  /** Deletes; `restore` undoes it until the space is collected at a later start. */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
}
