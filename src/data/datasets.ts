/** The catalogue of datasets: import, look at, rename, delete, restore. */
import type { DatasetRecord, VersionMark } from '../spec/dataset.js';
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
  /** Goes ahead although what is needed seems to be more than is free. */
  evenIfFull?: boolean;
}

export interface RevisionOptions extends Omit<ImportOptions, 'name'> {
  /** The rows follow those in use, whose columns they must have. Default: they take their place. */
  append?: boolean;
}

/** A version of a dataset, without its rows. */
export interface VersionSummary extends VersionMark {
  /** Whether it is the one that `get` answers and trainings learn from. */
  inUse: boolean;
  hash: string;
  rows: number;
  columns: number;
  bytes: number;
  /** Of these, what no other version of the dataset has: what deleting it would free. */
  ownBytes: number;
}

/** A figure of a column that differs between two versions. */
export interface MovedFigure {
  column: string;
  /** `missing` is a share of the rows. */
  figure: 'missing' | 'distinct' | 'mean' | 'median' | 'standardDeviation' | 'minimum' | 'maximum';
  from: number;
  to: number;
  /** How far: in standard deviations of the column, or as a share of rows or values. */
  shift: number;
}

export interface VersionComparison {
  /** Numbers of the two versions. */
  from: number;
  to: number;
  /** `added` and `removed` count whole rows, equal ones as often as they are there; left out where columns differ or it is too much to count. */
  rows: { from: number; to: number; added?: number; removed?: number };
  added: { column: string; type: FieldType }[];
  removed: { column: string; type: FieldType }[];
  retyped: { column: string; from: FieldType; to: FieldType }[];
  /** What moved most first. */
  moved: MovedFigure[];
  /** Bytes of `to` that are the very chunks of `from`. */
  sharedBytes: number;
  /** Whether they hold the same. */
  same: boolean;
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
   * @throws InputError `invalid-source`; of what is read, naming the file, row and column; StorageError `storage-short` before anything is
   * written where it will not fit
   */
  import(source: Source, options?: ImportOptions, signal?: AbortSignal): AsyncGenerator<ImportProgress, DatasetRecord>;
  /** Imports that were cut off: the same source given again goes on. */
  unfinished(): Promise<ImportRecord[]>;
  /** Forgets an import that was cut off, and frees what it kept. */
  discard(id: string): Promise<void>;
  /** Those not deleted, newest first; each as the version in use, without the others. */
  list(): Promise<DatasetRecord[]>;
  /** @param version its number, or the hash of its content; left out, the one in use. @throws InputError `unknown-dataset`, `unknown-version` */
  get(id: string, version?: number | string): Promise<DatasetRecord>;
  /**
   * What is in a dataset, column by column and together, in one pass and bounded memory. Kept by the data's hash: asked again, it is answered at once,
   * and for another target without a second pass.
   * @param options target: left out, the suggested one; null, none
   * @throws InputError `target-missing`, `unknown-dataset`
   */
  profile(id: string, options?: { target?: string | null }, signal?: AbortSignal): AsyncGenerator<ProfileProgress, Profile>;
  /** Rows [offset, offset + limit), clipped to what is there. */
  preview(id: string, offset: number, limit: number, version?: number | string): Promise<Table>;
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
  /**
   * Makes a new version of a dataset, which is in use from then on: other rows in place of those in use, or more behind them. Chunks that are the
   * same are stored once. Runs and models keep naming, by its hash, the version that they learnt from.
   * @throws as `import` does; InputError `columns-differ`, `too-many-versions`; StorageError `stale-write` where others were appended meanwhile
   */
  revise(id: string, source: Source, options?: RevisionOptions, signal?: AbortSignal): AsyncGenerator<ImportProgress, DatasetRecord>;
  /**
   * Makes a new version in which columns are read as other types, from the rows as they are stored. What does not fit is missing then, and told.
   * @throws InputError `missing-column`, `unknown-type`, `type-of-pictures` or `too-many-versions`
   */
  retype(id: string, types: Record<string, FieldType>, signal?: AbortSignal): AsyncGenerator<ImportProgress, DatasetRecord>;
  /** The latest first. */
  versions(id: string): Promise<VersionSummary[]>;
  /** @throws InputError `unknown-version` */
  compare(id: string, from: number | string, to: number | string, signal?: AbortSignal): Promise<VersionComparison>;
  /** Goes to another version: it is in use from then on, and none is lost. @throws InputError `unknown-version` */
  useVersion(id: string, version: number | string): Promise<DatasetRecord>;
  /**
   * Deletes a version for good, and frees the chunks that nothing else has. Runs that learnt from it keep what came out.
   * @throws InputError `unknown-version`, or `version-in-use`
   */
  removeVersion(id: string, version: number | string): Promise<DatasetRecord>;
  rename(id: string, name: string): Promise<DatasetRecord>;
  /** Deletes; `restore` undoes it until the space is collected at a later start. */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
}
