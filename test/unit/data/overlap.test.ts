/** Rows in two parts, beside comparing every pair of rows. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textColumn } from '../../../src/data/columns/text.js';
import { OverlapFinder } from '../../../src/data/overlap.js';
import type { Table } from '../../../src/data/table.js';

const cell = fc.record({
  number: fc.constantFrom(0, -0, 1, 0.5, Number.NaN),
  text: fc.constantFrom('a', 'b', undefined),
  y: fc.nat(1),
  part: fc.nat(2),
});

test('every row of a later part with the inputs of an earlier one is found, and whether its target is there, too', () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 40 }), (cells) => {
      const table: Table = {
        rows: cells.length,
        names: ['number', 'text', 'y'],
        columns: [
          { kind: 'number', values: Float64Array.from(cells, ({ number }) => number) },
          textColumn(cells.map(({ text }) => text)),
          { kind: 'number', values: Float64Array.from(cells, ({ y }) => y) },
        ],
      };
      const rowsOf = (part: number): Uint32Array => Uint32Array.from([...cells.keys()].filter((row) => cells[row].part === part));
      const finder = new OverlapFinder(['number', 'text'], 'y');
      finder.addJudged(table, 'validation', rowsOf(1), rowsOf(1));
      finder.addJudged(table, 'test', rowsOf(2), rowsOf(2));
      for (const row of rowsOf(0)) finder.addTraining(table, Uint32Array.of(row));
      const found = finder.finish();
      const key = (row: number, withTarget: boolean): string =>
        JSON.stringify([cells[row].number + 0, cells[row].text ?? null, withTarget ? cells[row].y : '']);
      for (const [part, earlier, { rows, sameTarget, of }] of [
        [1, [0], found.validation],
        [2, [0, 1], found.test],
      ] as const) {
        const among = (withTarget: boolean): number[] => {
          const there = new Set(earlier.flatMap((each) => [...rowsOf(each)]).map((row) => key(row, withTarget)));
          return [...rowsOf(part)].filter((row) => there.has(key(row, withTarget)));
        };
        expect([...rows]).toEqual(among(false));
        expect(sameTarget).toBe(among(true).length);
        expect(of).toBe(rowsOf(part).length);
      }
    }),
  );
});
