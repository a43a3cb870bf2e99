/** Where bytes come from. A Blob or File is a `ByteSource` as it is. */
export interface ByteSource {
  readonly name?: string;
  /** Bytes in all, where known. */
  readonly size?: number;
  stream(): ReadableStream<Uint8Array>;
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
  | { kind: 'file'; name: string; file: ByteSource }
  | { kind: 'text'; name: string; text: string }
  /** A folder of pictures: one folder for each class, these in `train`, `validation` and `test` or not. */
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
  file: string;
  /** Left out: a table. */
  kind?: 'pictures';
}

/** Given by the host: fetches `public/data/FILE` in a page, reads it in Node. */
export type ReadBuiltin = (file: string) => Promise<ByteSource>;
