/** The table of a sweep's trials: the winner, then those that came furthest, and last those that diverged. */
import { expect, test } from 'vitest';
import { sweepText } from '../../../src/cli/sweep-answer.js';

test('a trial that diverged stands behind those that came to a figure, however far it came', () => {
  const trial = (number: number, status: 'finished' | 'dropped' | 'diverged', epochs: number, metric: number | null) => ({
    trial: number,
    values: { dropout: number / 10 },
    status,
    epochs,
    metric,
    seconds: 1,
  });
  const trials = [trial(1, 'diverged', 8, null), trial(2, 'dropped', 3, 0.7), trial(3, 'finished', 9, 0.4), trial(4, 'dropped', 3, 0.6)];
  const [, told] = sweepText({
    method: 'successiveHalving',
    metric: 'logLoss',
    seed: 0,
    rungs: [3, 9],
    status: 'finished',
    trials,
    winner: 3,
    spec: { target: 'kind' },
    seconds: 4,
  });
  const numbers = told
    .split('\n')
    .slice(1)
    .map((line) => Number.parseInt(line, 10));
  expect(numbers).toEqual([3, 4, 2, 1]);
});
