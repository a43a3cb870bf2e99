/** wasm gives the same bits in every host: a hash of trained weights, committed, compared in Node and in a browser. */
import { expect, it } from 'vitest';
import { sha256 } from '../../../src/base/hash.js';
import { Random } from '../../../src/base/random.js';
import type { Engine } from '../../../src/compute/engine.js';
import { parameterCount } from '../../../src/compute/plan/parameters.js';
import type { ModelSpec } from '../../../src/spec/model.js';

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

const expected = 'b41609cb8a8dcde55b2eed45812efb6021401d13a01da8ee080b04dcfa3c45ee';

export function determinism(host: string, open: () => Promise<Engine>): void {
  it(`wasm gives in ${host} the bits that it gives everywhere`, async () => {
    const engine = await open();
    // Uniform numbers only: they need no function that hosts may compute differently.
    const random = new Random(1, 'determinism');
    const uniform = (length: number): Float32Array => Float32Array.from({ length }, () => 2 * random.uniform() - 1);
    const optimizer = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 } as const;
    const network = await engine.prepare(model, { batchSize: 10, seed: 1, optimizer });
    network.setWeights(uniform(parameterCount(model)));
    for (let step = 0; step < 30; step++) {
      const targets = Float32Array.from({ length: 10 }, () => random.integer(5));
      network.step(uniform(70), targets, 10, 0.01);
    }
    const bytes = [await network.weights(), await network.losses(), await network.forward(uniform(70), 10)].map(
      ({ buffer }) => new Uint8Array(buffer),
    );
    network.dispose();
    engine.dispose();
    expect(await sha256(Uint8Array.from(bytes.flatMap((part) => [...part])))).toBe(expected);
  });
}
