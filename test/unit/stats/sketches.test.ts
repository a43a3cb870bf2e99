/** Sketches against what they promise, by seeded simulation: errors stay within the bounds that are told, also after merging. */
import { expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import { DistinctSketch } from '../../../src/stats/distinct-sketch.js';
import { FrequentValues } from '../../../src/stats/frequent-values.js';
import { hashBytes, hashNumber, hashText } from '../../../src/stats/hashing.js';
import { QuantileSketch } from '../../../src/stats/quantile-sketch.js';
import { RepeatedHashes } from '../../../src/stats/repeated-hashes.js';
import { RunningMoments } from '../../../src/stats/running-moments.js';

const levels = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

/** Values whose rank is known: a shuffled 0 … rows − 1, bent so that distances differ, in pieces. */
function* pieces(rows: number, seed: number): Generator<Float64Array> {
  const values = new Random(seed).shuffle(Float64Array.from({ length: rows }, (_, row) => row * row));
  for (let start = 0; start < rows; start += 1000) yield values.subarray(start, start + 1000);
}

test('quantiles lie within the error that is told, in 99 of 100 of them', () => {
  const rows = 40_000;
  let [off, asked] = [0, 0];
  for (let seed = 1; seed <= 20; seed++) {
    const sketch = new QuantileSketch(200, seed);
    for (const piece of pieces(rows, seed)) sketch.add(piece);
    expect(sketch.count).toBe(rows);
    expect(sketch.error).toBeCloseTo(0.0133, 3);
    const values = sketch.values();
    expect(values.count).toBe(rows);
    for (const level of levels) {
      const rank = Math.sqrt(values.quantile(level)) / rows;
      asked += 1;
      if (Math.abs(rank - level) > sketch.error) off += 1;
    }
  }
  expect(off / asked).toBeLessThanOrEqual(0.01);
});

test('quantiles of merged sketches are as good, and few values are exact', () => {
  const parts = Array.from({ length: 8 }, (_, seed) => new QuantileSketch(200, seed));
  let place = 0;
  for (const piece of pieces(80_000, 3)) parts[place++ % 8].add(piece);
  const [first, ...others] = parts;
  for (const other of others) first.merge(other);
  expect(first.count).toBe(80_000);
  const values = first.values();
  expect(values.count).toBe(80_000);
  for (const level of levels) expect(Math.abs(Math.sqrt(values.quantile(level)) / 80_000 - level)).toBeLessThan(2 * first.error);

  const few = new QuantileSketch(200);
  few.add(Float64Array.of(4, 1, Number.NaN, 3, 2));
  expect([few.error, few.values().quantile(0.5), few.values().quantile(0.25)]).toEqual([0, 2.5, 1.75]);
});

test.each([3, 100, 5000, 60_000])('%i distinct values are estimated within three standard errors, merged or not', (distinct) => {
  for (const hash of [(value: number) => hashNumber(value / 3), (value: number) => hashText(`value ${value}`)]) {
    const [one, other] = [new DistinctSketch(12), new DistinctSketch(12)];
    for (let value = 0; value < distinct; value++) {
      one.add(hash(value));
      (value % 2 ? one : other).add(hash(value));
    }
    other.merge(one);
    for (const sketch of [one, other]) expect(Math.abs(sketch.estimate() / distinct - 1)).toBeLessThan(3 * sketch.error);
    expect(one.error).toBeCloseTo(0.01625, 5);
  }
});

test('frequent values beyond what is kept are told with an error that holds, also merged', () => {
  const random = new Random(4);
  const truth = new Map<number, number>();
  const [one, other] = [new FrequentValues<number>(200), new FrequentValues<number>(200)];
  const rows = 50_000;
  for (let row = 0; row < rows; row++) {
    // Zipf's law: the first values are frequent, most are not.
    const value = Math.floor(1 / Math.max(1e-5, random.uniform()));
    truth.set(value, (truth.get(value) ?? 0) + 1);
    (row % 2 ? one : other).add(value);
  }
  one.merge(other);
  expect(one.exact).toBe(false);
  expect(one.error).toBeLessThanOrEqual(rows / 100);
  const top = one.top(5);
  expect(top.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5]);
  for (const { value, count } of top) {
    const known = truth.get(value) ?? 0;
    expect(count).toBeLessThanOrEqual(known);
    expect(count + one.error).toBeGreaterThanOrEqual(known);
  }
});

test('equal rows are counted exactly while they fit, and estimated within three standard errors beyond', () => {
  const hashes = (from: number, to: number): [Uint32Array, Uint32Array] => {
    const all = Float64Array.from({ length: to - from }, (_, index) => hashNumber(from + index));
    return [Uint32Array.from(all, (hash) => hash % 4294967296), Uint32Array.from(all, (hash) => hash / 4096)];
  };
  const exact = new RepeatedHashes();
  exact.add(...hashes(0, 5000));
  exact.add(...hashes(100, 130));
  exact.add(...hashes(100, 101));
  expect(exact.repeated(1)).toEqual({ rows: 31, error: 0, examples: [{ first: 100, count: 3 }] });

  const bounded = new RepeatedHashes(1 << 12);
  bounded.add(...hashes(0, 40_000));
  bounded.add(...hashes(0, 10_000));
  const { rows, error } = bounded.repeated(3);
  expect(error).toBeGreaterThan(0);
  expect(error).toBeLessThan(0.1);
  expect(Math.abs(rows / 10_000 - 1)).toBeLessThan(3 * error);
});

test('moments of pieces are those of the whole', () => {
  const random = new Random(9);
  const values = Float64Array.from({ length: 4000 }, () => 1e6 + random.normal() * random.normal());
  const [whole, one, other] = [new RunningMoments(), new RunningMoments(), new RunningMoments()];
  whole.add(values);
  for (let start = 0; start < 4000; start += 7) (start % 2 ? one : other).add(values.subarray(start, Math.min(4000, start + 7)));
  one.merge(other);
  expect(one.count).toBe(4000);
  for (const figure of ['mean', 'standardDeviation', 'skewness', 'minimum', 'maximum'] as const)
    expect(one[figure]).toBeCloseTo(whole[figure], 8);
});

test('hashes tell values apart, and take zero and its negative for one', () => {
  expect(hashNumber(0)).toBe(hashNumber(-0));
  const numbers = new Set(Array.from({ length: 20_000 }, (_, index) => hashNumber(index)));
  const texts = new Set(Array.from({ length: 20_000 }, (_, index) => hashText(String(index))));
  expect([numbers.size, texts.size]).toEqual([20_000, 20_000]);
  expect(hashText('ab')).not.toBe(hashText('ba'));
  expect(hashBytes(Uint8Array.of(9, 1, 2), 1, 3)).toBe(hashBytes(Uint8Array.of(1, 2), 0, 2));
  for (const hash of numbers) expect(Number.isSafeInteger(hash) && hash >= 0).toBe(true);
});
