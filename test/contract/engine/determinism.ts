/** wasm gives the same bits in every host: a hash of trained weights, committed, compared in Node and in a browser. */
import { expect, it } from 'vitest';
import { sha256 } from '../../../src/base/hash.js';
import { Random } from '../../../src/base/random.js';
import type { Engine } from '../../../src/compute/engine.js';
import { indexColumnsOf } from '../../../src/compute/plan/graph.js';
import { parameterCount } from '../../../src/compute/plan/parameters.js';
import type { ModelSpec } from '../../../src/spec/model.js';
import { encoder, pictures, series } from './every-layer.js';

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
  const indices = indexColumnsOf(spec);
  const rows = 10;
  const random = new Random(1, 'determinism');
  const uniform = (length: number): Float32Array => Float32Array.from({ length }, () => 2 * random.uniform() - 1);
  const optimizer = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 } as const;
  const network = await engine.prepare(spec, { batchSize: rows, seed: 1, optimizer });
  network.setWeights(uniform(parameterCount(spec)));
  const inputs = (): Float32Array => {
    const values = uniform(rows * spec.inputs);
    for (const { column, vocabulary } of indices) {
      for (let row = 0; row < rows; row++) values[row * spec.inputs + column] = random.integer(vocabulary);
    }
    return values;
  };
  for (let step = 0; step < 30; step++) {
    const width = spec.loss === 'softmaxCrossEntropy' ? 1 : classes;
    const targets = Float32Array.from({ length: rows * width }, () => random.integer(classes));
    network.step(inputs(), targets, rows, 0.01);
  }
  const bytes = [await network.weights(), await network.losses(), await network.forward(inputs(), rows)].map(
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

  it.each([
    { name: 'series', spec: series, outputs: 2, hash: '91ffd8e6fd2c37b3f1cd7f010a428217b56c5bf1a5b88cdc1b5ad6cde0bdd860' },
    { name: 'words', spec: encoder, outputs: 3, hash: '626117084a59c876e24958b180b3c4778bc6bee78df58d3b1f9dba67a12d75c3' },
  ])(`wasm gives in ${host} the bits that it gives everywhere, of every layer for $name`, async ({ spec, outputs, hash }) => {
    expect(await hashOfTraining(await open(), spec, outputs)).toBe(hash);
  });
}
