/** Where bytes come from. A Blob or File is a `ByteSource` as it is. */
export interface ByteSource {
  readonly name?: string;
  /** Bytes in all, where known. */
  readonly size?: number;
  stream(): ReadableStream<Uint8Array>;
}

/** What a user can open. */
export type Source =
  | { kind: 'builtin'; name: string }
  | { kind: 'file'; name: string; file: ByteSource }
  | { kind: 'text'; name: string; text: string }
  | { kind: 'url'; url: string };

/** A built-in table, as `public/data/index.json` lists it. */
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
}

/** Given by the host: fetches `public/data/FILE` in a page, reads it in Node. */
export type ReadBuiltin = (file: string) => Promise<ByteSource>;
