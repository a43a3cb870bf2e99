/** Pictures changed while training: by the seed, the epoch and the row alone, and never outside training. */
import { expect, test } from 'vitest';
import { augmentedRows } from '../../../src/data/augment.js';
import { denseRows } from '../../../src/data/inputs.js';
import type { Augmentation } from '../../../src/spec/pipeline-spec.js';

const step = { kind: 'picture', column: 'picture', size: { height: 4, width: 5, channels: 1 }, mean: [0.5], deviation: [0.25] } as const;
const pixels = Float32Array.from({ length: 40 }, (_, place) => (place * 7) % 11);
const inputs = denseRows(pixels, 2);
const drawn = (augmentation: Augmentation, row = 0, epoch: number | 'none' = 1, seed = 1): number[] => {
  const target = new Float32Array(22).fill(99);
  augmentedRows(inputs, { ...step, mean: [...step.mean], deviation: [...step.deviation] }, augmentation, seed).copy(
    row,
    target,
    1,
    epoch === 'none' ? undefined : epoch,
  );
  expect([target[0], target[21]]).toEqual([99, 99]);
  return [...target.subarray(1, 21)];
};
const own = [...pixels.subarray(0, 20)];
const everything: Augmentation = { flip: true, shift: 0.2, rotate: 20, brightness: 0.2, crop: 0.3 };

test('outside training, and where nothing is asked for, a picture is itself', () => {
  expect(drawn(everything, 0, 'none')).toEqual(own);
  expect(drawn({})).toEqual(own);
});

test('the same seed, epoch and row give the same picture; another gives another', () => {
  expect(drawn(everything)).toEqual(drawn(everything));
  for (const other of [drawn(everything, 1), drawn(everything, 0, 2), drawn(everything, 0, 1, 2)])
    expect(other).not.toEqual(drawn(everything));
});

test('a flip is the picture or its mirror image, brightness adds the same everywhere, in shares of the whole range', () => {
  const mirrored = own.map((_, place) => own[Math.floor(place / 5) * 5 + 4 - (place % 5)]);
  const met = new Set(Array.from({ length: 20 }, (_, epoch) => drawn({ flip: true }, 0, epoch).join()));
  expect(met).toEqual(new Set([own.join(), mirrored.join()]));
  const brighter = drawn({ brightness: 0.5 }).map((value, place) => value - own[place]);
  for (const added of brighter) expect(added).toBeCloseTo(brighter[0], 5);
  expect(Math.abs(brighter[0])).toBeLessThanOrEqual(0.5 / 0.25);
  expect(Math.abs(brighter[0])).toBeGreaterThan(0);
});

test('a turn by half a circle, at its most, is the picture upside down', () => {
  // Of many epochs the one that turns most is close to 180 degrees.
  const upsideDown = own.toReversed();
  const nearest = Math.min(
    ...Array.from({ length: 400 }, (_, epoch) =>
      Math.max(...drawn({ rotate: 180 }, 0, epoch).map((value, place) => Math.abs(value - upsideDown[place]))),
    ),
  );
  expect(nearest).toBeLessThan(0.5);
});
