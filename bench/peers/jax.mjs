// Training steps of jax-js on wasm: the whole step, with Adam, in one jit. Its convolutions want channels first.
import { blockUntilReady, defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';

export async function openJax() {
  await init('wasm');
  defaultDevice('wasm');
}

/** Adam over a record of parameters. Arrays are consumed by what uses them; `.ref` keeps one for the next use. */
function stepOf(loss) {
  return jit((parameters, means, variances, meanScale, varianceScale, x, y) => {
    const [cost, slopes] = valueAndGrad(loss)(tree.ref(parameters), x, y);
    const next = { parameters: {}, means: {}, variances: {} };
    for (const name of Object.keys(parameters)) {
      const slope = slopes[name];
      const mean = means[name].mul(0.9).add(slope.ref.mul(0.1));
      const variance = variances[name].mul(0.999).add(slope.ref.mul(slope).mul(0.001));
      const move = mean.ref
        .mul(meanScale.ref)
        .div(np.sqrt(variance.ref.mul(varianceScale.ref)).add(1e-8))
        .mul(1e-3);
      next.parameters[name] = parameters[name].sub(move);
      next.means[name] = mean;
      next.variances[name] = variance;
    }
    meanScale.dispose?.();
    varianceScale.dispose?.();
    return [cost, next.parameters, next.means, next.variances];
  });
}

function trainer(loss, initial, x, y) {
  let parameters = initial;
  const zeros = () => Object.fromEntries(Object.entries(initial).map(([name, value]) => [name, np.zeros(value.shape)]));
  let means = zeros();
  let variances = zeros();
  let step = 0;
  const update = stepOf(loss);
  return async () => {
    step++;
    const scales = [np.array(1 / (1 - 0.9 ** step)), np.array(1 / (1 - 0.999 ** step))];
    const [cost, ...next] = update(parameters, means, variances, ...scales, x.ref, y.ref);
    [parameters, means, variances] = next;
    await blockUntilReady(parameters);
    return (await cost.data())[0];
  };
}

const crossEntropy = (logits, y, rows) =>
  nn
    .logSoftmax(logits, -1)
    .mul(y)
    .sum()
    .mul(-1 / rows);
const arrayOf = (values, shape) => np.array(values).reshape(shape);

export function jaxMlp([w1, b1, w2, b2], { inputs, expected, rows }) {
  const parameters = {
    w1: arrayOf(w1.values, w1.shape),
    b1: arrayOf(b1.values, b1.shape),
    w2: arrayOf(w2.values, w2.shape),
    b2: arrayOf(b2.values, b2.shape),
  };
  const loss = (p, x, y) => crossEntropy(np.matmul(nn.relu(np.matmul(x, p.w1).add(p.b1)), p.w2).add(p.b2), y, rows);
  return trainer(loss, parameters, arrayOf(inputs, [rows, 784]), arrayOf(expected, [rows, 10]));
}

export function jaxCnn([w1, b1, w2, b2, w3, b3], { inputs, expected, rows }) {
  // [kernel, kernel, channels, filters] to [filters, channels, kernel, kernel]; rows of the dense layer from places × channels to channels × places.
  const filters = ({ values, shape }) => np.transpose(arrayOf(values, shape), [3, 2, 0, 1]);
  const parameters = {
    w1: filters(w1),
    b1: arrayOf(b1.values, [8, 1, 1]),
    w2: filters(w2),
    b2: arrayOf(b2.values, [16, 1, 1]),
    w3: np.transpose(arrayOf(w3.values, [16, 16, 10]), [1, 0, 2]).reshape([256, 10]),
    b3: arrayOf(b3.values, [10]),
  };
  const pooled = (h, channels, side) => np.max(h.reshape([rows, channels, side, 2, side, 2]), [3, 5]);
  const loss = (p, x, y) => {
    const h1 = pooled(nn.relu(lax.conv(x, p.w1, [1, 1], 'VALID').add(p.b1)), 8, 12);
    const h2 = pooled(nn.relu(lax.conv(h1, p.w2, [1, 1], 'VALID').add(p.b2)), 16, 4);
    return crossEntropy(np.matmul(h2.reshape([rows, 256]), p.w3).add(p.b3), y, rows);
  };
  return trainer(loss, parameters, arrayOf(inputs, [rows, 1, 28, 28]), arrayOf(expected, [rows, 10]));
}
