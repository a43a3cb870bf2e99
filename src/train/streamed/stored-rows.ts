/** Stored rows that are transformed chunk by chunk, whenever they are wanted: the chunks, the pipeline, and the part of each row. */
import type { FittedPipeline } from '../../spec/pipeline.js';
import { type PartInMemory, partOf } from '../part.js';
import { firstRows, type StoredTable } from './stored-table.js';

/** Parts as numbers; a row without a target is in none. */
export const noPart = 3;

/** [rows] of the whole dataset: 0 trains, 1 validates, 2 tests, 3 is left out. */
export type PartOfRow = Uint8Array;

export interface StoredRows {
  table: StoredTable;
  parts: PartOfRow;
}

/** The rows of one part in a chunk, by their places in it. */
export function placesIn(parts: PartOfRow, part: number, first: number, end: number): Uint32Array {
  let count = 0;
  for (let row = first; row < end; row++) if (parts[row] === part) count++;
  const places = new Uint32Array(count);
  let next = 0;
  for (let row = first; row < end; row++) if (parts[row] === part) places[next++] = row - first;
  return places;
}

/** [chunks]: rows of a part in each. */
export function rowsPerChunk({ table: { record }, parts }: StoredRows, part: number): Uint32Array {
  const first = firstRows(record);
  return Uint32Array.from(record.chunks, (_, chunk) => placesIn(parts, part, first[chunk], first[chunk + 1]).length);
}

export interface ChunkRequest {
  pipeline: FittedPipeline;
  part: number;
  chunk: number;
  signal?: AbortSignal | undefined;
}

/** One part's rows of one chunk, transformed, with their numbers in the dataset. */
export async function transformChunk(
  { table: stored, parts }: StoredRows,
  { pipeline, part, chunk, signal }: ChunkRequest,
): Promise<PartInMemory & { rowNumbers: Uint32Array }> {
  const first = firstRows(stored.record);
  const places = placesIn(parts, part, first[chunk], first[chunk + 1]);
  const table = await stored.read(chunk);
  const transformed = await partOf(pipeline, table, places, { training: part === 0, firstRow: first[chunk], signal });
  return { ...transformed, rowNumbers: places.map((place) => first[chunk] + place) };
}
