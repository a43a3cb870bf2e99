/** wasm gives the same bits in every host: a hash of trained weights, committed, compared in Node and in a browser. */
import { expect, it } from 'vitest';
import { sha256 } from '../../../src/base/hash.js';
import { Random } from '../../../src/base/random.js';
import type { Engine } from '../../../src/compute/engine.js';
import { parameterCount } from '../../../src/compute/plan/parameters.js';
import type { ModelSpec } from '../../../src/spec/model.js';
import { pictures } from './every-layer.js';

const model: ModelSpec = {
  inputs: 7,
  layers: [
    { kind: 'dense', units: 13, activation: 'tanh' },
    { kind: 'dropout', rate: 0.25 },
    { kind: 'dense', units: 9, activation: 'gelu' },
    { kind: 'dense', units: 11, activation: 'sigmoid' },
    { kind: 'dense', units: 6, activation: 'relu' },
    { kind: 'dense', units: 5, activation: 'linear' },
  ],
  loss: 'softmaxCrossEntropy',
};

/** Uniform weights would make running variances negative; resumption and the figures in Chromium hold those to their bits. */
const withoutRunningMoments: ModelSpec = { ...pictures, layers: pictures.layers.filter(({ kind }) => kind !== 'batchNormalization') };
const expectedOfPictures = '80135572414ad630f2617f4dcd893931c5f7407bddd80902cd2b843e8f902c65';

const expected = 'b41609cb8a8dcde55b2eed45812efb6021401d13a01da8ee080b04dcfa3c45ee';

/** Uniform numbers only: they need no function that hosts may compute differently. */
async function hashOfTraining(engine: Engine, spec: ModelSpec, classes: number): Promise<string> {
  const rows = 10;
  const random = new Random(1, 'determinism');
  const uniform = (length: number): Float32Array => Float32Array.from({ length }, () => 2 * random.uniform() - 1);
  const optimizer = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 } as const;
  const network = await engine.prepare(spec, { batchSize: rows, seed: 1, optimizer });
  network.setWeights(uniform(parameterCount(spec)));
  for (let step = 0; step < 30; step++) {
    const targets = Float32Array.from({ length: rows }, () => random.integer(classes));
    network.step(uniform(rows * spec.inputs), targets, rows, 0.01);
  }
  const bytes = [await network.weights(), await network.losses(), await network.forward(uniform(rows * spec.inputs), rows)].map(
    ({ buffer }) => new Uint8Array(buffer),
  );
  network.dispose();
  engine.dispose();
  return sha256(Uint8Array.from(bytes.flatMap((part) => [...part])));
}

export function determinism(host: string, open: () => Promise<Engine>): void {
  it(`wasm gives in ${host} the bits that it gives everywhere`, async () => {
    expect(await hashOfTraining(await open(), model, 5)).toBe(expected);
  });

  it(`wasm gives in ${host} the bits that it gives everywhere, of every layer for pictures`, async () => {
    expect(await hashOfTraining(await open(), withoutRunningMoments, 3)).toBe(expectedOfPictures);
  });
}
