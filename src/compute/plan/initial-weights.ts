/** Where training begins: the same numbers on every device, from a seed. */
import { Random } from '../../base/random.js';
import type { ModelSpec } from '../../spec/model.js';
import { type Parameter, parameterCount, parametersOf } from './parameters.js';

/**
 * Weights to start from, [parameterCount(model)], in the plan's order: normal with variance 2 / inputs before relu and its kin (He et al.,
 * 1502.01852), uniform with variance 2 / (inputs + units) otherwise (Glorot and Bengio, 2010), uniform within ± 0.05 for embeddings, as Keras
 * does; biases, shifts and means zero, scales and variances one. What is several matrices side by side counts each by itself.
 */
export function initialWeights(model: ModelSpec, seed: number): Float32Array {
  const random = new Random(seed, 'weights');
  const weights = new Float32Array(parameterCount(model));
  for (const parameter of parametersOf(model)) {
    const { role, offset, size } = parameter;
    if (role === 'scale' || role === 'variance') weights.fill(1, offset, offset + size);
    if (!parameter.decayed) continue;
    const { kind } = model.layers[parameter.layer];
    const draw = distribution(parameter, kind === 'embedding' || kind === 'positionalEmbedding', random);
    for (let index = 0; index < size; index++) weights[offset + index] = draw();
  }
  return weights;
}

const embeddingLimit = 0.05;

function distribution({ fanIn, fanOut, activation }: Parameter, isEmbedding: boolean, random: Random): () => number {
  if (!isEmbedding && activation !== 'linear' && activation !== 'tanh' && activation !== 'sigmoid') {
    const deviation = Math.sqrt(2 / fanIn);
    return () => deviation * random.normal();
  }
  const limit = isEmbedding ? embeddingLimit : Math.sqrt(6 / (fanIn + fanOut));
  return () => limit * (2 * random.uniform() - 1);
}
