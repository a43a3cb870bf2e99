// Training steps on tfjs's wasm backend: as it comes for the MLP, and with the kernels that it lacks for the CNN, composed as well as its
// own parts allow: the filter's gradient as one product of unfolded taps, the maximum's as a loop, transposes made before products.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const require = createRequire(import.meta.url);
// The union alone registers gradients in Node.
const tf = require('@tensorflow/tfjs');
const wasm = require('@tensorflow/tfjs-backend-wasm');

/** One thread, SIMD. */
export async function openTfjsWasm() {
  tf.enableProdMode();
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/dist/`);
  await tf.setBackend('wasm');
  await tf.ready();
  if (tf.getBackend() !== 'wasm') throw new Error('tfjs has no wasm backend here.');
}

const heap = (tensor) => tf.backend().typedArrayFromHeap(tensor);

/** Unfolded taps [kernel × kernel × channels, rows × places], transposed already for the product. */
function unfolded(x, kernel) {
  const [rows, height, width, channels] = x.shape;
  const [down, across] = [height - kernel + 1, width - kernel + 1];
  const places = rows * down * across;
  const source = heap(x);
  const output = new Float32Array(kernel * kernel * channels * places);
  let offset = 0;
  for (let ky = 0; ky < kernel; ky++)
    for (let kx = 0; kx < kernel; kx++)
      for (let c = 0; c < channels; c++)
        for (let row = 0; row < rows; row++)
          for (let y = 0; y < down; y++) {
            let from = ((row * height + y + ky) * width + kx) * channels + c;
            for (let place = 0; place < across; place++, from += channels) output[offset++] = source[from];
          }
  return tf.tensor2d(output, [kernel * kernel * channels, places]);
}

function filterGradient(x, dy, kernel) {
  const [rows, down, across, filters] = dy.shape;
  return tf.reshape(tf.matMul(unfolded(x, kernel), tf.reshape(dy, [rows * down * across, filters])), [kernel, kernel, x.shape[3], filters]);
}

/** Of 2 × 2 maxima over a relu's output, through the relu. */
function maximumGradient(x, y, dy) {
  const [rows, height, width, channels] = x.shape;
  const [input, output, slope] = [heap(x), heap(y), heap(dy)];
  const result = new Float32Array(x.size);
  let place = 0;
  for (let row = 0; row < rows; row++)
    for (let down = 0; down < height; down += 2)
      for (let across = 0; across < width; across += 2) {
        const first = ((row * height + down) * width + across) * channels;
        for (let c = 0; c < channels; c++, place++) {
          const most = output[place];
          if (most <= 0) continue;
          let at = first + c;
          if (input[at] !== most) at += channels;
          if (input[at] !== most) at = first + c + width * channels;
          if (input[at] !== most) at += channels;
          result[at] = slope[place];
        }
      }
  return tf.tensor4d(result, x.shape);
}

const variablesOf = (weights) => weights.map(({ values, shape }) => tf.variable(tf.tensor(values, shape)));

function lossAndSlope(logits, expected) {
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  const logs = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
  const scale = 1 / logits.shape[0];
  return [tf.mul(tf.sum(tf.mul(expected, logs)), -scale), tf.mul(tf.sub(tf.exp(logs), expected), scale)];
}

/** @param weights of the MLP: [784, 128], [128], [128, 10], [10] @returns a function that takes one step and answers the loss */
export function stockMlp(weights, { inputs, expected, rows }) {
  const [w1, b1, w2, b2] = variablesOf(weights);
  const x = tf.tensor2d(inputs, [rows, 784]);
  const y = tf.tensor2d(expected, [rows, 10]);
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  const loss = () => {
    const logits = tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(x, w1), b1)), w2), b2);
    return tf.mul(tf.sum(tf.mul(y, tf.logSoftmax(logits))), -1 / rows);
  };
  return () => {
    const cost = optimizer.minimize(loss, true);
    const value = cost.dataSync()[0];
    cost.dispose();
    return value;
  };
}

/** @param weights of the CNN: [5, 5, 1, 8], [8], [5, 5, 8, 16], [16], [256, 10], [10] */
export function completedCnn(weights, { inputs, expected, rows }) {
  const variables = variablesOf(weights);
  const [w1, b1, w2, b2, w3, b3] = variables;
  const x = tf.tensor4d(inputs, [rows, 28, 28, 1]);
  const y = tf.tensor2d(expected, [rows, 10]);
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  return () =>
    tf.tidy(() => {
      const convolved = (input, filter, bias) => tf.fused.conv2d({ x: input, filter, strides: 1, pad: 'valid', bias, activation: 'relu' });
      const h1 = convolved(x, w1, b1);
      const p1 = tf.maxPool(h1, 2, 2, 'valid');
      const h2 = convolved(p1, w2, b2);
      const p2 = tf.maxPool(h2, 2, 2, 'valid');
      const flat = tf.reshape(p2, [rows, 256]);
      const [loss, slope] = lossAndSlope(tf.add(tf.matMul(flat, w3), b3), y);
      const d2 = maximumGradient(h2, p2, tf.reshape(tf.matMul(slope, tf.transpose(w3)), p2.shape));
      const d1 = maximumGradient(h1, p1, tf.conv2dTranspose(d2, w2, p1.shape, 1, 'valid'));
      const gradients = [
        filterGradient(x, d1, 5),
        tf.sum(d1, [0, 1, 2]),
        filterGradient(p1, d2, 5),
        tf.sum(d2, [0, 1, 2]),
        tf.matMul(tf.transpose(flat), slope),
        tf.sum(slope, 0),
      ];
      optimizer.applyGradients(variables.map((variable, index) => ({ name: variable.name, tensor: gradients[index] })));
      return loss.dataSync()[0];
    });
}
