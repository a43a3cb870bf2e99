/** Which rows are known to be anomalies, by a column of labels. */
import type { FittedTarget } from '../../spec/pipeline.js';
import { isAnomaly, isNormal, isUnknown } from '../../stats/anomaly.js';
import { textsOf } from '../columns/access.js';
import type { Column } from '../table.js';

/** [rows]: 0 normal, 1 anomaly, −1 where there is no label. */
export function knownRows(
  { column: name, normal }: Extract<FittedTarget, { kind: 'anomaly' }>,
  column: Column,
  rows: Uint32Array,
): Int8Array {
  if (name === '') return new Int8Array(rows.length).fill(isUnknown);
  const { codes, dictionary } = textsOf(column, name);
  const usual = new Set(normal);
  const kinds = dictionary.map((label) => (usual.has(label) ? isNormal : isAnomaly));
  return Int8Array.from(rows, (row) => (codes[row] < 0 ? isUnknown : kinds[codes[row]]));
}
