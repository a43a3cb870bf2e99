/**
 * The preset `cnn`: a small convolutional network for pictures. Its numbers were chosen by measurement on Fashion-MNIST;
 * `docs/results.md` shows what they reach.
 */
import type { LayerSpec } from '../../spec/layer.js';
import { networkFor, patienceFor, type Recipe, type RecipeFacts } from '../recipe.js';

/** Filters of each block; a block is a convolution, and halves the picture while it is large enough. */
const filters = [16, 32, 48, 64];
/** Below this many cells a side there is nothing left to halve. */
const smallestSide = 8;
const kernel: [number, number] = [3, 3];
/** Small sets need many steps more than they need full ones. */
const batchSizeFor = (rows: number): number => (rows < 2000 ? 16 : 64);
const hiddenUnits = 64;

/** Epochs that take about so many steps, within these bounds. */
const enoughSteps = 1400;
const epochBounds = { least: 8, most: 60 };

export function cnnRecipe(facts: RecipeFacts): Recipe {
  const batchSize = batchSizeFor(facts.rows);
  const perEpoch = Math.max(1, Math.ceil(facts.rows / batchSize));
  const epochs = Math.max(epochBounds.least, Math.min(epochBounds.most, Math.round(enoughSteps / perEpoch)));
  return {
    preset: 'cnn',
    model: networkFor(facts, [
      ...blocks(facts.shape ?? [1, 1, 1]),
      { kind: 'flatten' },
      { kind: 'dropout', rate: 0.25 },
      { kind: 'dense', units: hiddenUnits, activation: 'relu' },
      { kind: 'dropout', rate: 0.25 },
    ]),
    epochs,
    batchSize,
    learningRate: 0.002,
    schedule: 'cosine',
    weightDecay: 0.05,
    patience: patienceFor(epochs),
  };
}

function blocks([height, width]: readonly [number, number, number]): LayerSpec[] {
  const layers: LayerSpec[] = [];
  let side = Math.min(height, width);
  for (const count of filters) {
    layers.push({ kind: 'conv2d', filters: count, kernel, padding: 'same', activation: 'relu' });
    if (side < smallestSide) break;
    layers.push({ kind: 'maxPool2d', size: [2, 2] });
    side >>= 1;
    if (side < smallestSide) break;
  }
  return layers;
}
