import { expect, test } from 'vitest';
import { mostClassesDrawn, mostConfused } from '../../../src/ui/elements/most-confused.js';

const square = (size: number): number[][] => Array.from({ length: size }, () => new Array<number>(size).fill(0));

test('few classes are all drawn', () => {
  const confusion = {
    classes: ['a', 'b'],
    counts: [
      [9, 1],
      [0, 9],
    ],
  };
  expect(mostConfused(confusion)).toEqual(confusion);
});

test('of many classes those with the most errors are drawn, in their own order', () => {
  const classes = Array.from({ length: 40 }, (_, index) => `class ${index}`);
  const counts = square(40);
  counts.forEach((row, index) => {
    row[index] = 100;
  });
  counts[39][2] = 7;
  counts[5][38] = 3;
  const drawn = mostConfused({ classes, counts });
  expect(drawn.classes).toHaveLength(mostClassesDrawn);
  expect(drawn.counts.every((row) => row.length === mostClassesDrawn)).toBe(true);
  expect(drawn.classes).toEqual([...drawn.classes].sort((one, other) => classes.indexOf(one) - classes.indexOf(other)));
  for (const name of ['class 2', 'class 5', 'class 38', 'class 39']) expect(drawn.classes).toContain(name);
  expect(drawn.counts[drawn.classes.indexOf('class 39')][drawn.classes.indexOf('class 2')]).toBe(7);
});
