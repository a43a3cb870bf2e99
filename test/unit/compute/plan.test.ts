import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeBuffers } from '../../../src/compute/plan/arena.js';
import { initialWeights } from '../../../src/compute/plan/initial-weights.js';
import { lowerInference, lowerTraining } from '../../../src/compute/plan/lower.js';
import { buffersOf } from '../../../src/compute/plan/operation.js';
import { packOptimizerState, unpackOptimizerState } from '../../../src/compute/plan/optimizer-state.js';
import { parameterCount, parametersOf } from '../../../src/compute/plan/parameters.js';
import type { ModelSpec } from '../../../src/spec/model.js';
import { perceptron } from '../../contract/engine/conformance.js';

const model: ModelSpec = {
  inputs: 4,
  layers: [
    { kind: 'dense', units: 6, activation: 'relu' },
    { kind: 'dropout', rate: 0.2 },
    { kind: 'dense', units: 5, activation: 'gelu' },
    { kind: 'dense', units: 3, activation: 'linear' },
  ],
  loss: 'softmaxCrossEntropy',
};

describe('the plan', () => {
  it('places parameters from input to output without gaps; biases are not decayed', () => {
    expect(parametersOf(model).map(({ name, shape, offset, decayed }) => [name, shape, offset, decayed])).toEqual([
      ['0.weights', [4, 6], 0, true],
      ['0.bias', [6], 24, false],
      ['2.weights', [6, 5], 30, true],
      ['2.bias', [5], 60, false],
      ['3.weights', [5, 3], 65, true],
      ['3.bias', [3], 80, false],
    ]);
    expect(parameterCount(model)).toBe(83);
  });

  it('answers without dropout and ends in probabilities', () => {
    expect(lowerInference(model, 8).operations.map(({ kind }) => kind)).toEqual(['dense', 'dense', 'activation', 'dense', 'softmax']);
  });

  it('trains forward, backward and to the update, and asks for no gradient of what does not learn', () => {
    const { operations } = lowerTraining(model, 8);
    expect(operations.map(({ kind }) => kind)).toEqual([
      ...['dense', 'dropout', 'dense', 'activation', 'dense', 'softmaxCrossEntropy'],
      ...['denseGradient', 'activationGradient', 'denseGradient', 'dropoutGradient', 'activationGradient', 'denseGradient', 'update'],
    ]);
    const needed = operations.flatMap((operation) => (operation.kind === 'denseGradient' ? [operation.inputGradient !== undefined] : []));
    expect(needed).toEqual([true, true, false]);
  });

  it('lets buffers that are never alive together share their place', () => {
    const deep = perceptron(64, new Array<number>(12).fill(64), 64);
    const widths = lowerInference(deep, 16).buffers.length;
    expect(widths).toBeGreaterThan(12);
    expect(lowerInference(deep, 16).arenaSize).toBe(2 * 64 * 16);
  });
});

describe('a program', () => {
  it.each([
    ['training', lowerTraining],
    ['inference', lowerInference],
  ] as const)('of %s reads in every buffer what was last written to that buffer', (_, lower) => {
    for (const loss of ['softmaxCrossEntropy', 'meanSquaredError'] as const) {
      for (const hidden of [[], [40], [3, 40], [40, 3, 2], [5, 5, 5, 5]]) {
        const { operations, buffers, arenaSize, input, targets } = lower(perceptron(20, hidden, 30, 'gelu', loss, 0.1), 4);
        // Who wrote each number last; the caller fills the ends before the first operation.
        const owners = new Array<number>(arenaSize).fill(-1);
        const write = (buffer: number): void =>
          void owners.fill(buffer, buffers[buffer].offset, buffers[buffer].offset + 4 * buffers[buffer].width);
        const holds = (buffer: number): boolean =>
          owners.slice(buffers[buffer].offset, buffers[buffer].offset + 4 * buffers[buffer].width).every((owner) => owner === buffer);
        const written = new Set<number>();
        for (const end of [input, targets]) {
          if (end === undefined) continue;
          write(end);
          written.add(end);
        }
        for (const operation of operations) {
          for (const buffer of buffersOf(operation))
            if (written.has(buffer)) expect(holds(buffer), `${operation.kind} of ${hidden}`).toBe(true);
          for (const buffer of buffersOf(operation)) {
            if (!written.has(buffer)) write(buffer);
            written.add(buffer);
          }
        }
      }
    }
  });
});

describe('the arena', () => {
  const lifetime = fc.record({ size: fc.integer({ min: 1, max: 200 }), first: fc.nat(12), length: fc.nat(6) });
  it('never gives two living buffers the same place, and wastes nothing on one alone', () => {
    fc.assert(
      fc.property(fc.array(lifetime, { minLength: 1, maxLength: 12 }), (drawn) => {
        const lifetimes = drawn.map(({ size, first, length }) => ({ size, first, last: first + length }));
        const { offsets, size } = placeBuffers(lifetimes);
        lifetimes.forEach((one, i) => {
          expect(offsets[i] + one.size).toBeLessThanOrEqual(size);
          lifetimes.slice(0, i).forEach((other, j) => {
            const together = one.first <= other.last && other.first <= one.last;
            if (together) expect(offsets[i] + one.size <= offsets[j] || offsets[j] + other.size <= offsets[i]).toBe(true);
          });
        });
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe('initial weights', () => {
  const deviation = (values: Float32Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

  it('have the variance of He before relu and of Glorot otherwise, and zero biases', () => {
    for (const [activation, expected] of [
      ['relu', Math.sqrt(2 / 100)],
      ['gelu', Math.sqrt(2 / 100)],
      ['tanh', Math.sqrt(2 / 180)],
    ] as const) {
      const wide = perceptron(100, [80], 2, activation);
      const weights = initialWeights(wide, 1);
      // Two in a hundred is four standard errors over 8,000 draws.
      expect(Math.abs(deviation(weights.subarray(0, 8000)) / expected - 1)).toBeLessThan(0.04);
      expect(weights.subarray(8000, 8080).every((bias) => bias === 0)).toBe(true);
    }
  });

  it('are the same for a seed, and others for another', () => {
    expect(initialWeights(model, 5)).toEqual(initialWeights(model, 5));
    expect(initialWeights(model, 5)).not.toEqual(initialWeights(model, 6));
  });
});

describe('the optimizer state', () => {
  it('counts steps exactly beyond what one float holds', () => {
    const slots = [Float32Array.of(1, 2), Float32Array.of(3, 4)];
    const state = packOptimizerState({ slots, step: 2 ** 30 + 1 });
    expect(unpackOptimizerState(state, 2, 2)).toEqual({ slots, step: 2 ** 30 + 1 });
  });
});
