import { expect, test } from 'vitest';
import { sourcesOf } from '../../../src/ui/elements/dropped-files.js';

const files = (...names: string[]) => names.map((name) => new File(['x'], name));
const shown = (...names: string[]) =>
  sourcesOf(files(...names)).map((source) =>
    source.kind === 'pictures' ? source.files.map(({ path }) => path) : 'name' in source && source.name,
  );

test('tables of one format and pictures go together, everything else by itself', () => {
  expect(shown('a.csv')).toEqual(['a.csv']);
  expect(shown('a.csv', 'b.CSV.gz', 'c.json')).toEqual([['a.csv', 'b.CSV.gz'], 'c.json']);
  expect(shown('1.png', '2.jpg', 'a.zip', 'b.zip')).toEqual([['1.png', '2.jpg'], 'a.zip', 'b.zip']);
});
