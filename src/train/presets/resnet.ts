/**
 * The preset `resnet`: a small residual network for pictures, after He et al. (1512.03385): a stem, stages of one basic block each (two
 * convolutions beside a shortcut), and the mean over all places. Each stage after the first halves the picture and doubles the filters.
 */
import type { LayerSpec } from '../../spec/layer.js';
import { networkFor, type Recipe, type RecipeFacts } from '../recipe.js';
import { cnnRecipe } from './cnn.js';

const filters = [16, 32, 64];
/** The stem halves the picture while it has so many cells a side: most of the work is where it is large. */
const stemSide = 24;
/** Below this many cells a side a stage has nothing left to halve. */
const smallestSide = 6;
const pointwise: [number, number] = [1, 1];
const kernel: [number, number] = [3, 3];

/** Trained as long as `cnn`, in batches of its size. */
export function resnetRecipe(facts: RecipeFacts): Recipe {
  return { ...cnnRecipe(facts), preset: 'resnet', model: networkFor(facts, resnetLayers(facts.shape ?? [1, 1, 1])), learningRate: 0.003 };
}

function resnetLayers([height, width]: readonly [number, number, number]): LayerSpec[] {
  let side = Math.min(height, width);
  const layers = [...convolution(filters[0], kernel, 1), relu];
  for (; side >= stemSide; side >>= 1) layers.push({ kind: 'maxPool2d', size: [2, 2] });
  layers[layers.length - 1] = { ...layers[layers.length - 1], name: 'stem' };
  let stream = 'stem';
  for (const [index, count] of filters.entries()) {
    const stride = index === 0 ? 1 : 2;
    if (stride > 1 && side < smallestSide) break;
    side = Math.ceil(side / stride);
    layers.push(...basicBlock(`stage${index + 1}`, stream, count, stride));
    stream = `stage${index + 1}`;
  }
  return [...layers, { kind: 'globalAveragePool' }];
}

/** Its name is that of its last layer. Where the shape changes, the shortcut is a convolution of one cell. */
function basicBlock(name: string, from: string, count: number, stride: number): LayerSpec[] {
  const change = [...convolution(count, kernel, stride, from), relu, ...convolution(count, kernel, 1)];
  change[change.length - 1] = { ...change[change.length - 1], name: `${name}.change` } as LayerSpec;
  const shortcut = stride === 1 ? [] : convolution(count, pointwise, stride, from);
  if (shortcut.length > 0) shortcut[shortcut.length - 1] = { ...shortcut[shortcut.length - 1], name: `${name}.shortcut` } as LayerSpec;
  const sum: LayerSpec = { kind: 'add', from: [shortcut.length > 0 ? `${name}.shortcut` : from, `${name}.change`] };
  return [...change, ...shortcut, sum, { ...relu, name }];
}

const relu: LayerSpec & { kind: 'activation' } = { kind: 'activation', activation: 'relu' };

const convolution = (count: number, size: [number, number], stride: number, from?: string): LayerSpec[] => [
  {
    kind: 'conv2d',
    ...(from === undefined ? {} : { from }),
    filters: count,
    kernel: size,
    ...(stride === 1 ? {} : { strides: [stride, stride] }),
    padding: 'same',
    activation: 'linear',
  },
  { kind: 'batchNormalization' },
];
