/** What a file says of a column in one row group: bounds and nulls, by which whole row groups can be left unread. */
import { fixedNumber, int64At } from './fixed-bytes.js';
import { scaled } from './reading.js';
import type { Leaf } from './schema.js';
import type { ThriftStruct, ThriftValue } from './thrift.js';

export interface Statistics {
  /** No value is below it. Left out where the file does not say, or says it in an order that is not ours. */
  minimum?: number | string;
  maximum?: number | string;
  nulls?: number;
  /** Whole numbers of 64 bits: some lie beyond ±2^53, or it is not known. */
  beyondDoubles?: boolean;
}

export function readStatistics(value: ThriftValue | undefined, leaf: Leaf): Statistics {
  if (!(value instanceof Map)) return {};
  const struct = value as ThriftStruct;
  const nulls = struct.get(3);
  const statistics: Statistics = typeof nulls === 'bigint' && nulls >= 0n ? { nulls: Number(nulls) } : {};
  // The old pair (1, 2) has no defined order for texts and unsigned numbers.
  const hasOrder = struct.has(5) || struct.has(6);
  const isOldOrderSound = leaf.reading.as !== 'text' && !(leaf.reading.as === 'number' && leaf.reading.unsigned);
  const low = bound(struct.get(6) ?? (hasOrder || !isOldOrderSound ? undefined : struct.get(2)), leaf);
  const high = bound(struct.get(5) ?? (hasOrder || !isOldOrderSound ? undefined : struct.get(1)), leaf);
  if (low !== undefined) statistics.minimum = low;
  if (high !== undefined) statistics.maximum = high;
  if (leaf.physical === 'INT64' && leaf.reading.as === 'number' && leaf.reading.whole) {
    const reaches = [low, high].filter((edge) => typeof edge === 'number').some((edge) => Math.abs(edge) > Number.MAX_SAFE_INTEGER);
    if (reaches) statistics.beyondDoubles = true;
  }
  return statistics;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function bound(bytes: ThriftValue | undefined, { physical, reading }: Leaf): number | string | undefined {
  if (!(bytes instanceof Uint8Array)) return undefined;
  if (reading.as === 'text') return reading.text === 'utf8' || reading.text === 'unmarked' ? textBound(bytes) : undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (physical === 'BOOLEAN') return bytes.length === 1 ? String(bytes[0] === 1) : undefined;
  const isUnsigned = reading.as === 'number' && reading.unsigned;
  let value: number | undefined;
  if (physical === 'INT32' && bytes.length === 4) value = isUnsigned ? view.getUint32(0, true) : view.getInt32(0, true);
  else if (physical === 'INT64' && bytes.length === 8) value = int64At(view, 0, isUnsigned);
  else if (physical === 'FLOAT' && bytes.length === 4) value = view.getFloat32(0, true);
  else if (physical === 'DOUBLE' && bytes.length === 8) value = view.getFloat64(0, true);
  else if (physical === 'BYTE_ARRAY' || physical === 'FIXED_LEN_BYTE_ARRAY')
    value = bytes.length > 0 && bytes.length <= 64 ? fixedNumber(bytes, reading) : undefined;
  return value === undefined || Number.isNaN(value) ? undefined : scaled(value, reading);
}

/** Texts are ordered by their bytes, ours by theirs: `lake/predicate.ts` compares so too. A bound may be cut within a character. */
function textBound(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
