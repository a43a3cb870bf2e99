import { expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import type { ModelSpec } from '../../../src/spec/model.js';
import { RunawayLoss } from '../../../src/train/runaway.js';

const model: ModelSpec = { inputs: 2, layers: [{ kind: 'dense', units: 3, activation: 'linear' }], loss: 'meanSquaredError' };
const repeated = (loss: number, count: number): number[] => Array.from({ length: count }, () => loss);

test('a loss that stays ten times above its start has run away', () => {
  const loss = new RunawayLoss(model);
  expect(loss.record(repeated(1.2, 25))).toBe(false);
  expect(loss.record(repeated(12.1, 12))).toBe(false);
  expect(loss.record(repeated(12.1, 1))).toBe(true);
});

test('single batches may be as bad as they like, and a small start may rise to what knowing nothing costs', () => {
  const random = new Random(1, 'outliers');
  const loss = new RunawayLoss(model);
  for (let step = 0; step < 2000; step++) expect(loss.record([random.uniform() < 0.2 ? 1e6 : 0.9])).toBe(false);
  const tuned = new RunawayLoss({ ...model, loss: 'softmaxCrossEntropy' });
  tuned.record(repeated(0.001, 30));
  expect(tuned.record(repeated(Math.log(3) * 9, 50))).toBe(false);
  expect(tuned.record(repeated(Math.log(3) * 11, 50))).toBe(true);
});
