/** Training steps on our wasm kernels beside jax-js and tfjs-wasm: the same networks, weights and batch, in turns, one thread each. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { withSources } from './sources.mjs';

export const name = 'peers';
export const compares = `a training step, batch 128, Adam, median of interleaved rounds on ${cpus()[0].model}; equal losses are a condition`;

const rows = 128;
const rounds = 12;
const warmUp = 2;
/** Largest relative difference of a loss between contestants over all steps. */
const equalLoss = 1e-3;

const layers = {
  mlp: [
    { kind: 'dense', units: 128, activation: 'relu' },
    { kind: 'dense', units: 10, activation: 'linear' },
  ],
  cnn: [
    { kind: 'conv2d', filters: 8, kernel: [5, 5], activation: 'relu' },
    { kind: 'maxPool2d', size: [2, 2] },
    { kind: 'conv2d', filters: 16, kernel: [5, 5], activation: 'relu' },
    { kind: 'maxPool2d', size: [2, 2] },
    { kind: 'flatten' },
    { kind: 'dense', units: 10, activation: 'linear' },
  ],
};

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

function ensurePeers() {
  const folder = fileURLToPath(new URL('peers', import.meta.url));
  if (existsSync(`${folder}/node_modules/@jax-js/jax`)) return;
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error('The peers could not be installed.');
}

export async function run() {
  ensurePeers();
  const [{ openTfjsWasm, stockMlp, completedCnn }, { openJax, jaxMlp, jaxCnn }] = await Promise.all([
    import('./peers/tfjs-wasm.mjs'),
    import('./peers/jax.mjs'),
  ]);
  await openTfjsWasm();
  await openJax();
  return withSources(async (load) => {
    const engine = await (await load('src/compute/wasm/engine.ts')).openWasmEngine();
    const { initialWeights } = await load('src/compute/plan/initial-weights.ts');
    const { parametersOf } = await load('src/compute/plan/parameters.ts');
    const { multiplyAdds } = await load('src/compute/plan/work.ts');
    const { Random } = await load('src/base/random.ts');
    const { instantiateKernels, compileKernels } = await load('src/compute/wasm/kernels.ts');
    const gemm = await gemmSpeed(instantiateKernels, compileKernels);

    const contest = async (what, model, peers, bounds) => {
      const random = new Random(1, 'bench');
      const inputs = Float32Array.from({ length: rows * 784 }, () => random.normal());
      const classes = Float32Array.from({ length: rows }, () => random.integer(10));
      const expected = new Float32Array(rows * 10);
      for (const [row, label] of classes.entries()) expected[row * 10 + label] = 1;
      const weights = initialWeights(model, 1);
      const parts = parametersOf(model).map(({ offset, size, shape }) => ({ values: weights.slice(offset, offset + size), shape }));
      const network = await engine.prepare(model, {
        batchSize: rows,
        seed: 1,
        optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
      });
      network.setWeights(weights);
      const ours = async () => {
        network.step(inputs, classes, rows, 1e-3);
        return (await network.losses())[0];
      };
      const steps = { ours };
      for (const [peer, make] of Object.entries(peers)) steps[peer] = make(parts, { inputs, expected, rows });
      const times = Object.fromEntries(Object.keys(steps).map((contestant) => [contestant, []]));
      const losses = [];
      for (let round = 0; round < warmUp + rounds; round++) {
        const costs = {};
        for (const [contestant, step] of Object.entries(steps)) {
          const began = performance.now();
          costs[contestant] = await step();
          if (round >= warmUp) times[contestant].push(performance.now() - began);
        }
        losses.push(costs);
      }
      network.dispose();
      const apart = Math.max(
        ...losses.flatMap((costs) => Object.values(costs).map((cost) => Math.abs(cost - costs.ours) / Math.max(1, costs.ours))),
      );
      const own = median(times.ours);
      // Forward, and backward by the weights; above the first layer by the inputs too.
      const speed = (2 * stepWork(model, multiplyAdds)) / own / 1e6;
      const figures = { ours: { value: own, unit: 'ms' } };
      for (const peer of Object.keys(peers)) {
        figures[peer] = { value: median(times[peer]), unit: 'ms' };
        figures[`${peer} ÷ ours (at least ${bounds[peer]})`] = { value: median(times[peer]) / own, unit: '×' };
      }
      figures['our whole step'] = { value: speed, unit: 'GFLOP/s' };
      figures['share of our GEMM at 512³'] = { value: (100 * speed) / gemm, unit: '%' };
      figures['losses apart by at most'] = { value: apart, unit: '' };
      const holds = apart <= equalLoss && Object.entries(bounds).every(([peer, bound]) => median(times[peer]) / own >= bound);
      return { what, figures, holds };

      function stepWork(of, count) {
        const whole = count(of);
        const first = count({ ...of, layers: [of.layers[0], { kind: 'flatten' }, { kind: 'dense', units: 1, activation: 'linear' }] });
        return rows * (3 * whole - first);
      }
    };

    const base = { inputs: 784, loss: 'softmaxCrossEntropy' };
    const results = [
      await contest(
        'CNN: 28×28×1, conv 5×5×8, pool, conv 5×5×16, pool, dense 10',
        { ...base, shape: [28, 28, 1], layers: layers.cnn },
        { 'jax-js wasm': jaxCnn, 'tfjs-wasm with the missing kernels': completedCnn },
        { 'jax-js wasm': 40, 'tfjs-wasm with the missing kernels': 2.5 },
      ),
      await contest(
        'MLP: 784-128-10',
        { ...base, layers: layers.mlp },
        { 'jax-js wasm': jaxMlp, 'tfjs-wasm': stockMlp },
        { 'jax-js wasm': 1.5, 'tfjs-wasm': 8 },
      ),
    ];
    engine.dispose();
    return results;
  });
}

/** GFLOP/s of our matrix product, 512 × 512 × 512. */
async function gemmSpeed(instantiateKernels, compileKernels) {
  const size = 512;
  const memory = new WebAssembly.Memory({ initial: 128, maximum: 65_536 });
  const kernels = instantiateKernels(await compileKernels(), memory);
  const scratch = 64;
  const a = 2 ** 18;
  const [b, c] = [a + size * size * 4, a + 2 * size * size * 4];
  new Float32Array(memory.buffer, a, 2 * size * size).fill(0.5);
  const times = Array.from({ length: 12 }, () => {
    const began = performance.now();
    kernels.gemm(a, size, 1, b, size, 1, c, size, size, size, scratch, 0, 0);
    return performance.now() - began;
  });
  return (2 * size ** 3) / median(times.slice(2)) / 1e6;
}
