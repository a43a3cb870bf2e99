import { expect, test } from 'vitest';
import { magnitudeBins, magnitudeEdges, magnitudesOf } from '../../../src/stats/magnitudes.js';
import golden from '../../golden/magnitudes.json' with { type: 'json' };

test.each(golden)('counts as numpy does: $name', ({ values, counts, zeros, norm }) => {
  const found = magnitudesOf(Float32Array.from(values));
  expect(Array.from(found.counts)).toEqual(counts);
  expect(found).toMatchObject({ zeros, looked: values.length });
  expect(found.norm).toBeCloseTo(norm, 9 - Math.ceil(Math.log10(norm)));
});

test('bins lie side by side, from one infinity to the other', () => {
  const edges = Array.from({ length: magnitudeBins }, (_, bin) => magnitudeEdges(bin));
  expect(edges[0][0]).toBe(Number.NEGATIVE_INFINITY);
  expect(edges.at(-1)?.[1]).toBe(Number.POSITIVE_INFINITY);
  for (let bin = 1; bin < edges.length; bin++) expect(edges[bin][0]).toBe(edges[bin - 1][1]);
  for (const [bin, [from, to]] of edges.entries()) {
    const inside = Number.isFinite(from + to) ? (from + to) / 2 : Math.sign(from === Number.NEGATIVE_INFINITY ? to : from) * 1e6;
    expect(magnitudesOf(Float32Array.of(inside)).counts[bin]).toBe(1);
  }
});

test('a stride looks at every so manieth number, and the length is estimated for all', () => {
  const values = Float32Array.from({ length: 1001 }, (_, index) => (index % 2 ? 3 : -3));
  const found = magnitudesOf(values, 5);
  expect(found.looked).toBe(201);
  expect(found.counts.reduce((sum, count) => sum + count)).toBe(201);
  expect(found.norm).toBeCloseTo(3 * Math.sqrt(1001), 6);
});

test('what is not a number is counted with the largest, and has no length', () => {
  const found = magnitudesOf(Float32Array.of(Number.NaN, Number.NEGATIVE_INFINITY, 1));
  expect(found.counts[0]).toBe(1);
  expect(found.counts.at(-1)).toBe(1);
  expect(found.norm).toBeNaN();
});
