import { describe, expect, it } from 'vitest';
import { bytes, clock, count, counted, duration, figure, percentage, score, stepTime } from '../../../src/ui/format.js';

describe('figures in words', () => {
  it.each([
    [count(1234567), '1,234,567'],
    [counted(1, 'row'), '1 row'],
    [counted(1797, 'row'), '1,797 rows'],
    [score(0.96249), '0.962'],
    [score(-0.25), '−0.250'],
    [score(null), '–'],
    [score(Number.NaN), '–'],
    [bytes(999), '999 B'],
    [bytes(1000), '1.0 kB'],
    [bytes(999_950), '1.0 MB'],
    [bytes(10_737_418_240), '10.7 GB'],
    [clock(41), '0:41'],
    [clock(3725), '1:02:05'],
    [clock(Number.POSITIVE_INFINITY), '–'],
    [duration(0.42), '0.4 s'],
    [duration(9.96), '0:10'],
    [stepTime(0.1312), '0.13 ms'],
    [stepTime(13_027), '13,027 ms'],
    [figure(44.45), '44.45'],
    [figure(4050), '4,050'],
    [figure(-0.012345), '−0.0123'],
    [figure(3.2e-9), '3.20e−9'],
    [figure(0), '0'],
  ])('%s', (shown, expected) => expect(shown).toBe(expected));

  it('never rounds a share to all or nothing that is neither', () => {
    expect([0, 0.0001, 0.9312, 0.99999, 1].map(percentage)).toEqual(['0.0 %', '< 0.1 %', '93.1 %', '> 99.9 %', '100.0 %']);
  });
});
