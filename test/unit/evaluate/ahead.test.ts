/** That answers wait for the truth that comes later, and for no longer, however the rows are cut into batches. */
import { expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import { textColumn } from '../../../src/data/columns/text.js';
import type { Table } from '../../../src/data/table.js';
import { sliceChunk } from '../../../src/data/whole.js';
import { seriesOf, withTargetAhead } from '../../../src/data/windows.js';
import { AheadTruth, type Answered } from '../../../src/evaluate/ahead.js';

const windows = { time: 'time', group: 'group', columns: ['value'], length: 2, horizon: 3 };
const random = new Random(1);
const times = Array.from({ length: 60 }, (_, row) => (row % 13 === 5 ? Number.NaN : Math.floor(row / 2)));
const groups = times.map(() => random.integer(3)).map((group) => (group === 0 ? undefined : `g${group}`));
const table: Table = {
  rows: 60,
  names: ['time', 'group', 'value'],
  columns: [
    { kind: 'number', values: Float64Array.from(times) },
    textColumn(groups),
    { kind: 'number', values: Float64Array.from(times, (_, row) => 100 + row) },
  ],
};

const truths = ({ truth: { columns }, outputs, numbers }: Answered): [number, number, number][] => {
  const [, , value] = columns;
  return Array.from(numbers, (number, index) => [number, outputs[index], value.kind === 'number' ? value.values[index] : 0]);
};

test.each([1, 2, 7, 60])('in batches of %i rows each answer meets the truth that it has in the whole table', (size) => {
  const [, , expected] = withTargetAhead(windows, 'value', table, seriesOf(windows, table)).columns;
  const ahead = new AheadTruth(windows, 'value');
  const met: [number, number, number][] = [];
  for (let from = 0; from < 60; from += size) {
    const batch = { names: table.names, ...sliceChunk(table, from, Math.min(60, from + size)) };
    expect(ahead.isInOrder(batch)).toBe(true);
    met.push(
      ...truths(
        ahead.add(
          batch,
          Float32Array.from({ length: batch.rows }, (_, row) => from + row),
        ),
      ),
    );
  }
  const last = ahead.finish() as Answered;
  // Three of each series, and one without a group is a series too.
  expect(last.numbers.length).toBe(9);
  met.push(...truths(last));
  expect(met.sort((a, b) => a[0] - b[0])).toEqual(
    Array.from({ length: 60 }, (_, row) => [row + 1, row, expected.kind === 'number' ? expected.values[row] : 0]),
  );
});

test('a row that is earlier than one of its series that came before is told', () => {
  const ahead = new AheadTruth(windows, 'value');
  const batch = (time: number, group: string): Table => ({
    rows: 1,
    names: table.names,
    columns: [{ kind: 'number', values: Float64Array.of(time) }, textColumn([group]), { kind: 'number', values: Float64Array.of(1) }],
  });
  expect([batch(5, 'a'), batch(3, 'b'), batch(5, 'a'), batch(4, 'b'), batch(4, 'a')].map((each) => ahead.isInOrder(each))).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
});

test('as many answers may wait as the horizon asks for', () => {
  // More than a function takes as arguments.
  const rows = 270_000;
  const ahead = new AheadTruth({ time: 'time', columns: ['value'], length: 1, horizon: 2 * rows }, 'value');
  const batch = (first: number): Table => {
    const values = Float64Array.from({ length: rows }, (_, row) => first + row);
    return { rows, names: ['time', 'value'], columns: [values, values].map((each) => ({ kind: 'number', values: each })) };
  };
  for (const first of [0, rows]) expect(ahead.add(batch(first), new Float32Array(rows)).numbers).toHaveLength(0);
  expect(ahead.finish()?.numbers.at(-1)).toBe(2 * rows);
});
