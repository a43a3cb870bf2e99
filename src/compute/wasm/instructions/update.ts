/** The optimizer's step. Neighbouring parameters that are decayed alike are updated in one call. */
import { power } from '../../../base/elementary.js';
import type { OptimizerSpec } from '../../engine.js';
import type { Instruction, Surroundings } from '../instruction.js';

interface Stretch {
  /** In numbers, from the first weight. */
  offset: number;
  size: number;
  decay: number;
  l2: number;
}

export function update({ kernels, layout, parameters, optimizer }: Surroundings): Instruction {
  if (!optimizer) throw new Error('A training program needs an optimizer.');
  const stretches: Stretch[] = [];
  let end = 0;
  for (const { offset, size, learned, decayed } of parameters) {
    if (!learned) continue;
    const [decay, l2] = decayed ? [optimizer.weightDecay, optimizer.l2 ?? 0] : [0, 0];
    const last = stretches.at(-1);
    if (last && end === offset && last.decay === decay && last.l2 === l2) last.size += size;
    else stretches.push({ offset, size, decay, l2 });
    end = offset + size;
  }
  const calls = stretches.map((stretch) => {
    const [weights, gradients, ...slots] = [layout.weights, layout.gradients, ...layout.slots].map((base) => base + 4 * stretch.offset);
    return { ...stretch, weights, gradients, slots };
  });
  const step = stepOf(optimizer, kernels, calls);
  const { norm, value } = optimizer.clip ?? {};
  if (norm === undefined && value === undefined) return step;
  // What does not learn has a gradient of zeros.
  const count = parameters.reduce((sum, { size }) => sum + size, 0);
  return (state) => {
    if (value !== undefined) kernels.clipByValue(layout.gradients, count, value);
    if (norm !== undefined) kernels.clipByNorm(layout.gradients, count, norm);
    step(state);
  };
}

type Call = Stretch & { weights: number; gradients: number; slots: number[] };

function stepOf(optimizer: OptimizerSpec, kernels: Surroundings['kernels'], calls: Call[]): Instruction {
  switch (optimizer.kind) {
    case 'adam': {
      const { beta1, beta2, epsilon } = optimizer;
      return ({ step, learningRate }) => {
        const stepSize = learningRate / (1 - power(beta1, step + 1));
        const varianceScale = 1 / Math.sqrt(1 - power(beta2, step + 1));
        for (const { weights, gradients, slots, size, decay, l2 } of calls) {
          const [means, variances] = slots;
          const decayed = learningRate * decay;
          kernels.adam(weights, gradients, means, variances, size, beta1, beta2, epsilon, stepSize, varianceScale, decayed, l2);
        }
      };
    }
    case 'sgd': {
      const { momentum, nesterov } = optimizer;
      return ({ learningRate }) => {
        for (const { weights, gradients, slots, size, decay, l2 } of calls) {
          kernels.sgd(weights, gradients, slots[0], size, momentum, nesterov, learningRate, learningRate * decay, l2);
        }
      };
    }
    case 'rmsprop':
      return ({ learningRate }) => {
        for (const { weights, gradients, slots, size, decay, l2 } of calls) {
          kernels.rmsprop(weights, gradients, slots[0], size, optimizer.decay, optimizer.epsilon, learningRate, learningRate * decay, l2);
        }
      };
  }
}
