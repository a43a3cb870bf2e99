/** Figures of many numbers, batch by batch: exact where they are said to be, and a sample that is fair beyond its size. */
import { describe, expect, it } from 'vitest';
import { NumberSummary } from '../../../src/data/columns/number-summary.js';

const count = 400_000;

/** 0 to count − 1 in order, the worst for a sample that is not fair; every `gap`th missing. */
function summaryOf(gap: number): NumberSummary {
  const summary = new NumberSummary(1, 1000);
  for (let start = 0; start < count; start += 8192) {
    const values = Float64Array.from({ length: Math.min(8192, count - start) }, (_, index) =>
      gap > 0 && (start + index) % gap === 0 ? Number.NaN : start + index,
    );
    summary.add(values);
  }
  return summary;
}

describe.each([
  ['none missing', 0],
  ['some missing', 10],
])('%s', (_, gap) => {
  const summary = summaryOf(gap);
  const { range, histogram } = summary.figures();
  const missing = gap > 0 ? count / gap : 0;

  it('has the mean, deviation and extremes of all', () => {
    const present = count - missing;
    const all = Array.from({ length: count }, (_, value) => value).filter((value) => gap === 0 || value % gap !== 0);
    const mean = all.reduce((sum, value) => sum + value, 0) / present;
    const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (present - 1);
    expect(summary.missing).toBe(missing);
    expect(range?.mean).toBeCloseTo(mean, 5);
    expect(Math.abs((range?.standardDeviation ?? 0) / Math.sqrt(variance) - 1)).toBeLessThan(1e-10);
    expect([range?.minimum, range?.maximum]).toEqual([gap > 0 ? 1 : 0, count - 1]);
  });

  it('has a median within five of its standard errors, and bins as full as each other', () => {
    const error = 0.5 / Math.sqrt(32_768);
    expect(Math.abs((range?.median ?? 0) / count - 0.5)).toBeLessThan(5 * error);
    const expected = 32_768 / (histogram?.length ?? 1);
    for (const bin of histogram ?? []) expect(Math.abs(bin - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });
});
