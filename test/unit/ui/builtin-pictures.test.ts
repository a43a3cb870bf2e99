/** The pictures of the built-in tables are their own figures: taken again from the files, they are the same. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pictures } from '../../../src/ui/elements/builtin-pictures.js';

function read(name: string): { names: string[]; rows: string[][] } {
  const text = readFileSync(new URL(`../../../public/data/${name}.csv`, import.meta.url), 'utf8');
  const [names, ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  return { names, rows };
}

function scaled(values: number[], to: number): number[] {
  const least = Math.min(...values);
  const span = Math.max(...values) - least;
  return values.map((value) => Math.round(((value - least) / span) * to));
}

it.each([
  ['iris', 'petal_length', 'sepal_width', 'species'],
  ['wine', 'flavanoids', 'color_intensity', 'class'],
  ['breast-cancer', 'mean_radius', 'mean_concave_points', 'diagnosis'],
  ['penguins', 'flipper_length_mm', 'bill_length_mm', 'species'],
])('%s', (table, across, up, label) => {
  const { names, rows } = read(table);
  const [x, y, series] = [across, up, label].map((name) => names.indexOf(name));
  const known = rows.filter((row) => row[x] !== '' && row[y] !== '');
  const classes = [...new Set(rows.map((row) => row[series]))].sort();
  const [xs, ys] = [
    scaled(
      known.map((row) => Number(row[x])),
      99,
    ),
    scaled(
      known.map((row) => Number(row[y])),
      40,
    ),
  ];
  const every = Math.ceil(known.length / 90);
  const expected = known
    .map((row, index) => [xs[index], ys[index], classes.indexOf(row[series])])
    .filter((_, index) => index % every === 0);
  expect(pictures.get(table)).toEqual({ kind: 'points', points: expected });
});

it('digits', () => {
  const { rows } = read('digits');
  const first = Array.from({ length: 8 }, (_, digit) => rows.find((row) => row[64] === String(digit)) ?? []);
  const images = first.map((row) =>
    row
      .slice(0, 64)
      .map((value) => Number(value).toString(17))
      .join(''),
  );
  expect(pictures.get('digits')).toEqual({ kind: 'digits', images });
});
