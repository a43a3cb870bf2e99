/** Batches in parts whose gradients are added (gradient accumulation): the same mathematics with less memory. */
import type { ModelSpec } from '../../spec/model.js';
import type { NetworkOptions } from '../engine.js';

/** False where rows of a batch look at each other: the moments of a part are not those of the whole. */
export const dividesIntoParts = ({ layers }: ModelSpec): boolean => layers.every(({ kind }) => kind !== 'batchNormalization');

/** The most rows that a network computes at once. */
export const rowsAtOnce = (
  model: ModelSpec,
  { batchSize, microBatch = batchSize }: Pick<NetworkOptions, 'batchSize' | 'microBatch'>,
): number => (dividesIntoParts(model) ? Math.min(batchSize, microBatch) : batchSize);

/** The stretches of rows that are computed one after the other. */
export function partsOf(rows: number, atOnce: number): { first: number; rows: number }[] {
  const parts: { first: number; rows: number }[] = [];
  for (let first = 0; first < rows; first += atOnce) parts.push({ first, rows: Math.min(atOnce, rows - first) });
  return parts;
}

/** The numbers of a part: the rows are all equally long. */
export function partOf(values: Float32Array, of: number, { first, rows }: { first: number; rows: number }): Float32Array {
  const width = values.length / of;
  return values.subarray(first * width, (first + rows) * width);
}
