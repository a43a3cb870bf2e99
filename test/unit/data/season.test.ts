/** Seasons and cadences against series that are known to have them: the beer of Hyndman & Athanasopoulos, weeks, and walks that have none. */
import { expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import { cadenceOf, cadenceWords, timeAfter, usualSeasons } from '../../../src/data/cadence.js';
import { seasonOf } from '../../../src/data/season.js';

const date = (text: string): number => Date.parse(`${text}T00:00:00Z`);
const daily = (from: string, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, index) => date(from) + index * 86_400_000);
const random = new Random(3);
const noise = (count: number): number[] => Array.from({ length: count }, () => random.normal());

test('a week in daily values is found under noise and a trend', () => {
  const values = Float64Array.from(noise(200), (value, index) => value + index / 5 + [3, 3, 3, 3, 3, 0, -2][index % 7]);
  expect(seasonOf(values, [7])).toBe(7);
  expect(seasonOf(values, [])).toBe(7);
});

test('a random walk and noise have no season', () => {
  let level = 0;
  const walk = Float64Array.from(noise(400), (value) => {
    level += value;
    return level;
  });
  expect(seasonOf(walk, [7])).toBe(1);
  expect(seasonOf(Float64Array.from(noise(400)), [12])).toBe(1);
  expect(seasonOf(new Float64Array(50).fill(4), [7])).toBe(1);
  expect(seasonOf(Float64Array.of(1, 2), [7])).toBe(1);
});

test('quarters of a year in the production of beer', () => {
  const beer = Float64Array.of(443, 410, 420, 532, 433, 421, 410, 512, 449, 381, 423, 531, 426, 408, 416, 520, 409, 398, 398, 507);
  expect(seasonOf(beer, [4])).toBe(4);
});

test.each([
  ['every day', daily('2024-01-01', 20), [7]],
  ['every month', Float64Array.of(...['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30'].map(date)), [12]],
  ['every 3 months', Float64Array.of(...['2024-01-01', '2024-04-01', '2024-07-01'].map(date)), [4]],
  ['every weekday', daily('2024-01-01', 40).filter((time) => new Date(time).getUTCDay() % 6 !== 0), [5]],
  ['every week', daily('2024-01-01', 60).filter((_, index) => index % 7 === 0), [52]],
  ['every 15 minutes', Float64Array.from({ length: 30 }, (_, index) => index * 900_000), [96, 672]],
] as const)('%s: its seasons, and the times that come next', (words, times, seasons) => {
  const cadence = cadenceOf(times, true) as NonNullable<ReturnType<typeof cadenceOf>>;
  expect(cadenceWords(cadence, true)).toBe(words);
  expect(usualSeasons(cadence, true)).toEqual(seasons);
  const last = times.length - 1;
  expect(timeAfter(times[last - 1], 1, cadence)).toBe(times[last]);
  expect(timeAfter(times[0], last, cadence)).toBe(times[last]);
  expect(timeAfter(times[last], -last, cadence)).toBe(times[0]);
});

test('plain numbers have an interval, and rows of one time have none', () => {
  expect(cadenceOf(Float64Array.of(0, 5, 10, 15, 30), false)).toEqual({ kind: 'regular', interval: 5 });
  expect(cadenceOf(Float64Array.of(1, 1, 1, 2), false)).toBeUndefined();
});
