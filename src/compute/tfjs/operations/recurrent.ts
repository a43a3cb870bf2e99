/** Gated recurrent units, step by step. */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { BufferNumber, OperationOf } from '../../plan/operation.js';
import { keep, type Pass, placesIn, sequencesIn } from '../pass.js';

/** What a buffer [rows, places, width] holds of one step: [rows, width]. */
function stepOf(pass: Pass, buffer: BufferNumber, places: number, width: number, place: number): Tensor2D {
  const { library: tf, rows } = pass;
  return tf.reshape(tf.slice(sequencesIn(pass, buffer, places, width), [0, place, 0], [rows, 1, width]), [rows, width]);
}

/** Where the place counts one, elsewhere the other. */
function chosen({ library: tf }: Pass, counts: Tensor | undefined, one: Tensor, other: Tensor): Tensor {
  return counts ? tf.add(tf.mul(one, counts), tf.mul(other, tf.sub(1, counts))) : one;
}

/** [rows, 1], where there is a mask. */
const countsAt = (pass: Pass, { mask, places }: OperationOf<'gru' | 'gruGradient'>, place: number): Tensor | undefined =>
  mask === undefined ? undefined : stepOf(pass, mask, places, 1, place);

export function gru(operation: OperationOf<'gru'>, pass: Pass): void {
  const { input, output, parameters, places, channels, units, sequences, projected, previous, candidate } = operation;
  const { library: tf, rows } = pass;
  const matrix = (parameter: typeof parameters.weights): Tensor2D => pass.parameter(parameter) as Tensor2D;
  const sums = tf.add(tf.matMul(placesIn(pass, input, channels), matrix(parameters.weights)), pass.parameter(parameters.bias));
  keep(pass, projected, sums);
  let state: Tensor = tf.zeros([rows, units]);
  const [gates, before, candidates, states]: Tensor[][] = [[], [], [], []];
  for (let place = 0; place < places; place++) {
    const given = tf.split(stepOf(pass, projected, places, 3 * units, place), 3, 1);
    const product = tf.matMul(state as Tensor2D, matrix(parameters.recurrentWeights));
    const [byZ, byR, q] = tf.split(tf.add(product, pass.parameter(parameters.recurrentBias)), 3, 1);
    const z = tf.sigmoid(tf.add(given[0], byZ));
    const r = tf.sigmoid(tf.add(given[1], byR));
    const n = tf.tanh(tf.add(given[2], tf.mul(r, q)));
    before.push(state);
    gates.push(tf.concat([z, r, n], 1));
    candidates.push(q);
    state = chosen(pass, countsAt(pass, operation, place), tf.add(tf.mul(z, state), tf.mul(tf.sub(1, z), n)), state);
    states.push(state);
  }
  keep(pass, projected, tf.stack(gates, 1));
  keep(pass, previous, tf.stack(before, 1));
  keep(pass, candidate, tf.stack(candidates, 1));
  keep(pass, output, sequences ? tf.stack(states, 1) : state);
}

export function gruGradient(operation: OperationOf<'gruGradient'>, pass: Pass): void {
  const { input, gradient, inputGradient, parameters, places, channels, units, sequences, projected, previous, candidate } = operation;
  const { library: tf, rows, gradients } = pass;
  const recurrent = pass.parameter(parameters.recurrentWeights) as Tensor2D;
  const nothing = tf.zeros([rows, units]);
  let carry: Tensor = nothing;
  const [byProducts, bySums]: Tensor[][] = [[], []];
  for (let place = places - 1; place >= 0; place--) {
    const [z, r, n] = tf.split(stepOf(pass, projected, places, 3 * units, place), 3, 1);
    const q = stepOf(pass, candidate, places, units, place);
    const state = stepOf(pass, previous, places, units, place);
    const isGiven = sequences || place === places - 1;
    const slope = isGiven
      ? tf.add(carry, sequences ? stepOf(pass, gradient, places, units, place) : placesIn(pass, gradient, units))
      : carry;
    const counts = countsAt(pass, operation, place);
    const counted = chosen(pass, counts, slope, nothing);
    const kept = tf.sub(1, z);
    const byZ = tf.mul(tf.mul(counted, tf.sub(state, n)), tf.mul(z, kept));
    const byN = tf.mul(tf.mul(counted, kept), tf.sub(1, tf.square(n)));
    const byR = tf.mul(tf.mul(byN, q), tf.mul(r, tf.sub(1, r)));
    const byProduct = tf.concat([byZ, byR, tf.mul(byN, r)], 1) as Tensor2D;
    byProducts.unshift(byProduct);
    bySums.unshift(tf.concat([byZ, byR, byN], 1));
    const through = tf.add(tf.mul(counted, z), tf.matMul(byProduct, recurrent, false, true));
    carry = counts ? tf.add(through, tf.mul(slope, tf.sub(1, counts))) : through;
  }
  const flat = (steps: Tensor[]): Tensor2D => tf.reshape(tf.stack(steps, 1), [rows * places, 3 * units]);
  const [products, sums] = [flat(byProducts), flat(bySums)];
  gradients.set(parameters.recurrentWeights.name, tf.matMul(placesIn(pass, previous, units), products, true, false));
  gradients.set(parameters.recurrentBias.name, tf.sum(products, 0));
  gradients.set(parameters.weights.name, tf.matMul(placesIn(pass, input, channels), sums, true, false));
  gradients.set(parameters.bias.name, tf.sum(sums, 0));
  if (inputGradient === undefined) return;
  keep(pass, inputGradient, tf.matMul(sums, pass.parameter(parameters.weights) as Tensor2D, false, true));
}
