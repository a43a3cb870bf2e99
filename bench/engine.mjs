/** Training steps on our wasm kernels beside tfjs on the processor: the same plan, weights and batches, in turns. */
import { withSources } from './sources.mjs';

export const name = 'engine';
export const compares = 'a training step on wasm beside the same step on tfjs cpu, in turns, median; equal losses are a condition';

const optimizer = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 };
const cases = [
  { what: 'iris: 4-16-3, batch 32', widths: [4, 16, 3], rows: 32, turns: 30, stepsATurn: { wasm: 200, cpu: 5 } },
  { what: 'MLP: 784-128-10, batch 128', widths: [784, 128, 10], rows: 128, turns: 12, stepsATurn: { wasm: 10, cpu: 1 } },
];

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Multiplications and additions of a step: forward, and backward by the weights and, above the first layer, by the inputs. */
function work(widths, rows) {
  const products = widths.slice(1).map((units, layer) => rows * widths[layer] * units * (layer === 0 ? 4 : 6));
  return products.reduce((sum, product) => sum + product, 0);
}

export function run() {
  return withSources(async (load) => {
    const { Random } = await load('src/base/random.ts');
    const { initialWeights } = await load('src/compute/plan/initial-weights.ts');
    const { openWasmEngine } = await load('src/compute/wasm/engine.ts');
    const { openTfjsEngine } = await load('src/compute/tfjs/engine.ts');
    const engines = { wasm: await openWasmEngine(), cpu: await openTfjsEngine('cpu') };
    const rows = [];
    for (const setting of cases) rows.push(await measure(engines, { Random, initialWeights }, setting));
    for (const engine of Object.values(engines)) engine.dispose();
    return rows;
  });
}

async function measure(engines, { Random, initialWeights }, { what, widths, rows, turns, stepsATurn }) {
  const [inputs, ...units] = widths;
  const layers = units.map((width, layer) => ({ kind: 'dense', units: width, activation: layer < units.length - 1 ? 'relu' : 'linear' }));
  const model = { inputs, layers, loss: 'softmaxCrossEntropy' };
  const random = new Random(1, 'bench');
  const batch = Float32Array.from({ length: rows * inputs }, () => random.normal());
  const targets = Float32Array.from({ length: rows }, () => random.integer(units.at(-1)));
  const times = { wasm: [], cpu: [] };
  const losses = { wasm: [], cpu: [] };
  const networks = {};
  for (const [device, engine] of Object.entries(engines)) {
    networks[device] = await engine.prepare(model, { batchSize: rows, seed: 1, optimizer });
    networks[device].setWeights(initialWeights(model, 1));
  }
  for (let turn = 0; turn < turns + 2; turn++) {
    for (const [device, network] of Object.entries(networks)) {
      const steps = stepsATurn[device];
      const before = performance.now();
      for (let step = 0; step < steps; step++) network.step(batch, targets, rows, 1e-3);
      losses[device].push(...(await network.losses()));
      // The first two turns warm up.
      if (turn >= 2) times[device].push((performance.now() - before) / steps);
    }
  }
  for (const network of Object.values(networks)) network.dispose();
  const compared = Math.min(losses.wasm.length, losses.cpu.length);
  const apart = Math.max(...losses.wasm.slice(0, compared).map((loss, step) => Math.abs(loss - losses.cpu[step])));
  const [wasm, cpu] = [median(times.wasm), median(times.cpu)];
  return {
    what,
    figures: {
      wasm: { value: wasm, unit: 'ms a step' },
      'tfjs cpu': { value: cpu, unit: 'ms a step' },
      'wasm is faster by': { value: cpu / wasm, unit: 'times' },
      'wasm computes': { value: work(widths, rows) / wasm / 1e6, unit: 'GFLOP/s' },
      'largest difference of the losses': { value: apart, unit: '' },
    },
    holds: apart < 1e-4 && cpu > wasm,
  };
}
