/** One of the files of a folder or an archive. */
import type { PictureFile } from '../pictures/picture-file.js';
import type { Source } from '../source.js';

export interface CollectionFile extends PictureFile {
  stream(): ReadableStream<Uint8Array>;
}

const table = /\.(csv|tsv|tab|psv|data|json|ndjson|jsonl|geojson|parquet|parq|pq|arrow|arrows|feather|ipc)(\.gz)?$/i;
const text = /\.txt(\.gz)?$/i;
const picture = /\.(png|jpe?g|webp)$/i;

/** By its name, which here only says what to look at first: what it is, is told by its bytes. */
export const isTableName = (path: string): boolean => table.test(path);
export const isTextName = (path: string): boolean => text.test(path);
export const isPictureName = (path: string): boolean => picture.test(path);

export const sourceOf = (file: CollectionFile, name = file.path): Source => ({
  kind: 'file',
  name,
  file: { name, size: file.size, repeatable: true, stream: () => file.stream() },
});
