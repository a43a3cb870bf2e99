/** Where bytes come from, and what a user can open. */
import type { PictureSize } from '../spec/field.js';

/** Where bytes come from. A Blob or File is a `ByteSource` as it is. */
export interface ByteSource {
  readonly name?: string;
  /** Bytes in all, where known. */
  readonly size?: number;
  stream(): ReadableStream<Uint8Array>;
  /** Whether `stream` can be asked for more than once. What has `slice` can be. */
  readonly repeatable?: boolean;
  /** From a byte on, where a server is asked for it and all before need not come again. */
  streamFrom?(byte: number): ReadableStream<Uint8Array>;
  /** When it was changed last, in milliseconds since 1970, where known. A File has it. */
  readonly lastModified?: number;
  /** Bytes [start, end) as a source of their own: what a zip needs. A Blob has it. */
  slice?(start: number, end: number): ByteSource;
}

/** One of many files, such as a folder holds. */
export interface SourceFile {
  /** From the folder down, with `/` between: `cats/tom.jpg`. */
  path: string;
  file: ByteSource;
}

/** What a user can open. */
export type Source =
  | { kind: 'builtin'; name: string }
  /** `entry` is the path of the one file that is wanted of an archive. */
  | { kind: 'file'; name: string; file: ByteSource; entry?: string }
  | { kind: 'text'; name: string; text: string }
  /**
   * Many files: a folder of pictures or texts, one folder for each class, these in `train`, `validation` and `test` or not; or tables of
   * equal columns.
   */
  | { kind: 'pictures'; name: string; files: readonly SourceFile[] }
  | { kind: 'url'; url: string };

/** A built-in dataset, as `public/data/index.json` lists it. */
export interface BuiltinDescription {
  name: string;
  title: string;
  description: string;
  rows: number;
  columns: number;
  target: string;
  task: 'classification' | 'regression';
  attribution: string;
  licence: string;
  source: string;
  /** Of a table. */
  file?: string;
  /** Of pictures: their size, classes by code, and a pair of gzipped IDX files for each part. */
  pictures?: {
    size: PictureSize;
    classes: string[];
    parts: { part: 'training' | 'test'; pictures: string; labels: string }[];
  };
}

/** Given by the host: fetches `public/data/FILE` in a page, reads it in Node. */
export type ReadBuiltin = (file: string) => Promise<ByteSource>;
