/** Scaled dot-product attention, all heads at once. */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { BufferNumber, OperationOf } from '../../plan/operation.js';
import { keep, type Pass, sequencesIn } from '../pass.js';

/** Far below every score, and above where the softmax of webgpu begins to look for the largest: nothing visible must not become 0 / 0. */
const hidden = -1e30;

type Heads = Pick<OperationOf<'attention'>, 'places' | 'heads' | 'size'>;

/** [rows, places, heads × size] to [rows, heads, places, size]. */
function byHead({ library: tf, rows }: Pass, x: Tensor, { places, heads, size }: Heads): Tensor4D {
  return tf.transpose(tf.reshape(x, [rows, places, heads, size]), [0, 2, 1, 3]);
}

function joinedHeads({ library: tf, rows }: Pass, x: Tensor, { places, heads, size }: Heads): Tensor {
  return tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [rows, places, heads * size]);
}

/** Queries, keys and values. */
const parted = (pass: Pass, buffer: BufferNumber, split: Heads): Tensor4D[] =>
  pass.library.split(sequencesIn(pass, buffer, split.places, 3 * split.heads * split.size), 3, 2).map((part) => byHead(pass, part, split));

/** 1 where the second place is seen by the first: [rows or 1, 1, places or 1, places]. */
function seen(pass: Pass, { places, mask, isCausal }: OperationOf<'attention'>): Tensor | undefined {
  const { library: tf, rows } = pass;
  const counts = mask === undefined ? undefined : tf.reshape(sequencesIn(pass, mask, places, 1), [rows, 1, 1, places]);
  if (!isCausal) return counts;
  const numbers = tf.range(0, places);
  const before = tf.cast(tf.lessEqual(tf.reshape(numbers, [1, 1, 1, places]), tf.reshape(numbers, [1, 1, places, 1])), 'float32');
  return counts ? tf.mul(counts, before) : before;
}

export function attention(operation: OperationOf<'attention'>, pass: Pass): void {
  const { input, output, shares, size } = operation;
  const { library: tf } = pass;
  const [queries, keys, values] = parted(pass, input, operation);
  const scores = tf.mul(tf.matMul(queries, keys, false, true), 1 / Math.sqrt(size));
  const visible = seen(pass, operation);
  const limited = visible ? tf.add(tf.mul(scores, visible), tf.mul(tf.sub(1, visible), hidden)) : scores;
  // Where nothing is visible the softmax would share evenly.
  const parts = visible ? tf.mul(tf.softmax(limited), visible) : tf.softmax(limited);
  keep(pass, shares, parts);
  keep(pass, output, joinedHeads(pass, tf.matMul(parts as Tensor4D, values), operation));
}

export function attentionGradient(operation: OperationOf<'attentionGradient'>, pass: Pass): void {
  const { input, shares, gradient, inputGradient, places, heads, size } = operation;
  const { library: tf, rows } = pass;
  const [queries, keys, values] = parted(pass, input, operation);
  const parts = tf.reshape(pass.values.get(shares) as Tensor, [rows, heads, places, places]) as Tensor4D;
  const slopes = byHead(pass, sequencesIn(pass, gradient, places, heads * size), operation);
  const byValues = tf.matMul(parts, slopes, true, false);
  const byParts = tf.matMul(slopes, values, false, true);
  const common = tf.sum(tf.mul(byParts, parts), 3, true);
  const byScores = tf.mul(tf.mul(parts, tf.sub(byParts, common)), 1 / Math.sqrt(size)) as Tensor4D;
  const all = [tf.matMul(byScores, keys), tf.matMul(byScores, queries, true, false), byValues];
  keep(
    pass,
    inputGradient,
    tf.concat(
      all.map((part) => joinedHeads(pass, part, operation)),
      2,
    ),
  );
}
