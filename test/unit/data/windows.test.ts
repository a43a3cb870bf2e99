/** Windows of time series: what a row sees lies behind it, what it is to tell lies ahead, and parts do not reach into one another. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textColumn } from '../../../src/data/columns/text.js';
import type { Table } from '../../../src/data/table.js';
import { sliceChunk } from '../../../src/data/whole.js';
import { WindowMemory } from '../../../src/data/window-memory.js';
import { seriesOf, withLags } from '../../../src/data/windows.js';
import type { WindowSpec } from '../../../src/spec/pipeline-spec.js';
import { divide } from '../../../src/train/division.js';
import { apart, frameOf } from '../../../src/train/frame.js';

/** Rows in any order; the value tells group and time: 1000 · group + time. */
function made(times: readonly number[], groups: readonly number[]): Table {
  return {
    rows: times.length,
    names: ['time', 'group', 'value', 'mark'],
    columns: [
      { kind: 'number', values: Float64Array.from(times) },
      textColumn(groups.map((group) => `g${group}`)),
      { kind: 'number', values: Float64Array.from(times, (time, row) => 1000 * groups[row] + time) },
      textColumn(times.map((time, row) => `${groups[row]}@${time}`)),
    ],
  };
}
const windows: WindowSpec = { time: 'time', group: 'group', columns: ['value', 'mark'], length: 3, horizon: 2 };
const fields = [
  { name: 'time', type: 'number' },
  { name: 'group', type: 'category' },
  { name: 'value', type: 'number' },
  { name: 'mark', type: 'category' },
].map((field) => ({ ...field, missing: 0, distinct: 0, reason: '' }) as Parameters<typeof frameOf>[1][number]);

test('a window holds the rows before in the order of time within the group, the target is that of a later row', () => {
  const table = made([5, 1, 3, 2, 4, 1, 9, Number.NaN], [1, 1, 1, 1, 1, 2, 2, 1]);
  const { table: framed, rows, fields: all } = frameOf(table, fields, 'value', windows);
  expect(all.map(({ name }) => name).slice(4)).toEqual([
    'value (now)',
    'value (1 before)',
    'value (2 before)',
    'mark (1 before)',
    'mark (2 before)',
  ]);
  const values = (name: string): number[] => {
    const column = framed.columns[framed.names.indexOf(name)];
    return column.kind === 'number' ? [...column.values] : [];
  };
  expect(values('value (now)')).toEqual([1005, 1001, 1003, 1002, 1004, 2001, 2009, NaN]);
  expect(values('value (2 before)')).toEqual([1003, NaN, 1001, NaN, 1002, NaN, NaN, NaN]);
  expect(values('value')).toEqual([NaN, 1003, 1005, 1004, NaN, NaN, NaN, NaN]);
  expect([...rows]).toEqual([2]);
});

test('rows that come in batches see those of the batches before', () => {
  const random = (seed: number) => (seed * 7919) % 13;
  const times = Array.from({ length: 40 }, (_, row) => row);
  const table = made(
    times,
    times.map((row) => random(row) % 3),
  );
  const whole = withLags(windows, 'value', table, seriesOf(windows, table));
  for (const size of [1, 3, 7, 40]) {
    const memory = new WindowMemory(windows, 'value');
    for (let from = 0; from < table.rows; from += size) {
      const to = Math.min(table.rows, from + size);
      const part = memory.extend({ names: table.names, ...sliceChunk(table, from, to) });
      expect(part.names).toEqual(whole.names);
      const shown = ({ columns, names }: Table, first: number, count: number): unknown[] =>
        names.map((_, index) => {
          const column = columns[index];
          return Array.from({ length: count }, (__, row) =>
            column.kind === 'number'
              ? column.values[first + row]
              : column.kind === 'text'
                ? column.dictionary[column.codes[first + row]]
                : 0,
          );
        });
      expect(shown(part, 0, to - from)).toEqual(shown(whole, from, to - from));
    }
  }
});

test('no target that trains reaches into the windows of a later part, in any series', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.nat(2)), { minLength: 60, maxLength: 120 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 3 }),
      (points, length, horizon, step) => {
        const spec = { ...windows, length, horizon, step };
        const table = made(
          points.map(([time]) => time),
          points.map(([, group]) => group),
        );
        const frame = frameOf(table, fields, 'value', spec);
        const split = { validation: 0.2, test: 0.2, time: 'time' };
        let parts: ReturnType<typeof apart>;
        try {
          parts = apart(spec, frame, split, divide({ ...frame, target: 'value', task: 'regression', seed: 1 }, split));
        } catch (error) {
          expect(error).toMatchObject({ name: 'InputError' });
          return;
        }
        const timeOf = (name: string, row: number): number => {
          const column = frame.table.columns[frame.table.names.indexOf(name)];
          return column.kind === 'number' ? column.values[row] % 1000 : 0;
        };
        const oldest = length === 1 ? 'value (now)' : `value (${length - 1} before)`;
        const firstSeen = (rows: Uint32Array): number => Math.min(...[...rows].map((row) => timeOf(oldest, row)));
        const lastTold = (rows: Uint32Array): number => Math.max(...[...rows].map((row) => timeOf('value', row)));
        expect(lastTold(parts.training)).toBeLessThan(Math.min(firstSeen(parts.validation), firstSeen(parts.test)));
        expect(lastTold(parts.validation)).toBeLessThan(firstSeen(parts.test));
      },
    ),
    { numRuns: 60 },
  );
});
