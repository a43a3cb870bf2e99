/** Where training begins: the same numbers on every device, from a seed. */
import { Random } from '../../base/random.js';
import type { ModelSpec } from '../../spec/model.js';
import { type Parameter, parameterCount, parametersOf } from './parameters.js';

/**
 * Weights to start from, [parameterCount(model)], in the plan's order: normal with variance 2 / inputs before relu and gelu (He et al.,
 * 1502.01852), uniform with variance 2 / (inputs + units) otherwise (Glorot and Bengio, 2010), biases zero.
 */
export function initialWeights(model: ModelSpec, seed: number): Float32Array {
  const random = new Random(seed, 'weights');
  const weights = new Float32Array(parameterCount(model));
  for (const parameter of parametersOf(model)) {
    if (parameter.role === 'bias') continue;
    const draw = distribution(parameter, random);
    for (let index = 0; index < parameter.size; index++) weights[parameter.offset + index] = draw();
  }
  return weights;
}

function distribution({ shape: [inputs, units], activation }: Parameter, random: Random): () => number {
  if (activation === 'relu' || activation === 'gelu') {
    const deviation = Math.sqrt(2 / inputs);
    return () => deviation * random.normal();
  }
  const limit = Math.sqrt(6 / (inputs + units));
  return () => limit * (2 * random.uniform() - 1);
}
