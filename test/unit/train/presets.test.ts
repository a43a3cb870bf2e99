import { expect, test } from 'vitest';
import { recipesFor } from '../../../src/train/presets/auto.js';

const facts = { task: 'regression', inputs: 4, outputs: 1, rows: 150 } as const;

test('whichever model wins, it keeps to the epochs that were asked for', () => {
  const { main, linear } = recipesFor({ target: 'y', epochs: 5 }, facts);
  expect([main.epochs, linear?.epochs]).toEqual([5, 5]);
  const longer = recipesFor({ target: 'y', epochs: 10_000 }, facts);
  expect(longer.main.epochs).toBe(10_000);
  expect(longer.linear?.epochs).toBe(recipesFor({ target: 'y' }, facts).linear?.epochs);
});

test('a linear model that only stands beside is trained to its end', () => {
  const free = recipesFor({ target: 'y', preset: 'mlp' }, facts).linear?.epochs;
  expect(recipesFor({ target: 'y', preset: 'mlp', epochs: 5 }, facts).linear?.epochs).toBe(free);
});
