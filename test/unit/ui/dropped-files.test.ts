import { expect, test } from 'vitest';
import { sourcesOf } from '../../../src/ui/elements/dropped-files.js';

const files = (names: readonly string[]) => names.map((name) => new File(['x'], name));
const shown = (together: boolean, ...names: string[]) =>
  sourcesOf(files(names), together).map((source) =>
    source.kind === 'pictures' ? source.files.map(({ path }) => path) : 'name' in source && source.name,
  );

test('tables of one format and pictures go together, everything else by itself', () => {
  expect(shown(true, 'a.csv')).toEqual(['a.csv']);
  expect(shown(true, 'a.csv', 'b.CSV.gz', 'c.json')).toEqual([['a.csv', 'b.CSV.gz'], 'c.json']);
  expect(shown(true, '1.png', '2.jpg', 'a.zip', 'b.zip')).toEqual([['1.png', '2.jpg'], 'a.zip', 'b.zip']);
});

test('files to predict stay by themselves, for each has its own answer', () => {
  expect(shown(false, 'a.csv', 'b.csv')).toEqual(['a.csv', 'b.csv']);
});
