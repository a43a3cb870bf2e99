/** Rows drawn by their weights: each as often as its share says, seeded, and once where all weigh the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { epochOrder } from '../../../src/train/batches.js';
import { classWeights, rowWeights } from '../../../src/train/class-weights.js';
import { type Truth, trivialOf } from '../../../src/train/tasks/table.js';

const drawn = (weights: Float32Array, seed: number, epoch: number): Uint32Array => epochOrder(weights.length, seed, epoch, weights);

test('a row is drawn the floor or the ceiling of its exact share of the rows', () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ min: Math.fround(0.01), max: 50, noNaN: true }), { minLength: 1, maxLength: 200 }),
      fc.nat(),
      fc.nat(50),
      (list, seed, epoch) => {
        const weights = Float32Array.from(list);
        const order = drawn(weights, seed, epoch);
        expect(drawn(weights, seed, epoch)).toEqual(order);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const times = new Array<number>(weights.length).fill(0);
        for (const row of order) times[row]++;
        times.forEach((count, row) => {
          const share = (weights[row] * weights.length) / total;
          expect(count).toBeGreaterThanOrEqual(Math.floor(share - 1e-6));
          expect(count).toBeLessThanOrEqual(Math.ceil(share + 1e-6));
        });
      },
    ),
  );
  expect([...drawn(new Float32Array(50).fill(3), 1, 1)].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, row) => row));
});

test('over epochs a row is drawn in proportion, and balanced classes weigh what scikit-learn says', () => {
  const truth: Truth = { kind: 'classes', actual: Int32Array.of(0, 0, 0, 1, 0, 0, 1, 2), classes: ['a', 'b', 'c'] };
  // compute_class_weight('balanced', …): 8 / (3 · 5), 8 / (3 · 2), 8 / (3 · 1)
  const weights = rowWeights(classWeights('balanced', trivialOf(truth)) as number[], truth.actual);
  expect([...weights]).toEqual([0, 0, 0, 1, 0, 0, 1, 2].map((label) => Math.fround([8 / 15, 8 / 6, 8 / 3][label])));
  const times = [0, 0, 0];
  for (let epoch = 0; epoch < 600; epoch++) for (const row of drawn(weights, 3, epoch)) times[truth.actual[row]]++;
  for (const count of times) expect(count / 1600).toBeCloseTo(1, 1);
});
