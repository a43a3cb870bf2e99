/** When rows stay in the store while training, and how many of them are in memory then. */
import type { DatasetRecord } from '../../spec/dataset.js';
import type { Field } from '../../spec/field.js';
import { isNumeric } from '../../spec/field-type.js';
import type { WindowSpec } from '../../spec/pipeline-spec.js';
import type { TrainingSpec } from '../../spec/training.js';

/** In bytes. */
export interface MemoryLimits {
  /** Tables up to this size are trained on in memory: as stored, and as inputs. */
  inMemory: number;
  /** Training rows that are shuffled together; twice that is held. */
  pool: number;
  /** Inputs of validation rows, and of test rows, that are kept instead of being read again. */
  judged: number;
}

export const defaultLimits: MemoryLimits = { inMemory: 128 * 2 ** 20, pool: 32 * 2 ** 20, judged: 32 * 2 ** 20 };

/** A category column has about so many inputs, however many values it has. */
const mostInputsOfColumn = 50;

const inputsOf = ({ type, distinct }: Field): number => {
  if (type === 'picture' || type === 'identifier') return 0;
  return isNumeric(type) ? 1 : Math.min(mostInputsOfColumn, distinct);
};

/** A table's size in memory, estimated before anything is read: stored columns, or its inputs where these are more. */
export function sizeInMemory({ chunks, fields, rows }: DatasetRecord, windows?: WindowSpec): number {
  const stored = chunks.reduce((sum, { ref }) => sum + ref.bytes, 0);
  const looked = new Set(windows?.columns);
  const times = ({ name }: Field): number => (windows && looked.has(name) ? windows.length : 1);
  const inputs = 4 * rows * fields.reduce((sum, field) => sum + times(field) * inputsOf(field), 0);
  return Math.max(stored, inputs);
}

/** A forecast has all rows in memory, however many: what it decides needs them in the order of time. */
export const staysStored = (records: readonly DatasetRecord[], spec: TrainingSpec, { inMemory }: MemoryLimits): boolean =>
  spec.task !== 'forecast' && records.some((record) => sizeInMemory(record, spec.pipeline?.windows) > inMemory);

/** More validation or test rows than this tell nothing more: the standard error of an accuracy is then below a thousandth. */
const enoughRows = 200_000;

/** Of very many rows no fixed share validates and tests, unless it is asked for. */
export const largestShare = (share: number, rows: number): number => Math.min(share, enoughRows / Math.max(1, rows));
