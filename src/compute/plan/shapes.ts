/** What each layer gives, by what it is given. Shapes are of one example, without the rows. */
import { InputError } from '../../base/errors.js';
import type { LayerOf, LayerSpec, Padding } from '../../spec/layer.js';
import type { ModelSpec } from '../../spec/model.js';
import { type Window2d, windowOver } from './window.js';

export type Shape = readonly number[];
export type PictureShape = readonly [height: number, width: number, channels: number];
type SequenceShape = readonly [length: number, channels: number];

export const sizeOf = (shape: Shape): number => shape.reduce((product, extent) => product * extent, 1);

/** Numbers in the last axis; the places before it are what normalisation and global pooling run over. */
export const channelsOf = (shape: Shape): number => shape[shape.length - 1];

export const inputShape = ({ inputs, shape }: ModelSpec): Shape => shape ?? [inputs];

/** The window of a layer that has one. Of a sequence it moves along one row: [1, length, channels]. @throws InputError `layer-shape` */
export function windowOf(layer: LayerSpec, input: Shape): Window2d {
  if (isAlongSequence(layer)) {
    if (input.length !== 2) throw wrongRank(layer, [input], 'a sequence [length, channels]');
    return windowAlong(layer, input as SequenceShape);
  }
  if (input.length !== 3) throw wrongRank(layer, [input], 'a picture [height, width, channels]');
  const picture = input as PictureShape;
  switch (layer.kind) {
    case 'conv2d':
      return windowOver(picture, layer.filters, layer);
    case 'depthwiseConv2d':
      return windowOver(picture, picture[2] * (layer.multiplier ?? 1), layer);
    case 'maxPool2d':
    case 'averagePool2d':
      return windowOver(picture, picture[2], { kernel: layer.size, strides: layer.strides ?? layer.size, padding: layer.padding });
    default:
      throw new Error(`A layer "${layer.kind}" has no window.`);
  }
}

type AlongSequence = LayerOf<'conv1d' | 'maxPool1d' | 'averagePool1d'>;

const isAlongSequence = (layer: LayerSpec): layer is AlongSequence =>
  layer.kind === 'conv1d' || layer.kind === 'maxPool1d' || layer.kind === 'averagePool1d';

function windowAlong(layer: AlongSequence, [length, channels]: SequenceShape): Window2d {
  const row = [1, length, channels] as const;
  if (layer.kind !== 'conv1d') {
    return windowOver(row, channels, { kernel: [1, layer.size], strides: [1, layer.stride ?? layer.size], padding: layer.padding });
  }
  const { filters, kernel, stride = 1, dilation = 1, padding } = layer;
  const before: Padding = [0, (kernel - 1) * dilation, 0, 0];
  return windowOver(row, filters, {
    kernel: [1, kernel],
    strides: [1, stride],
    dilation: [1, dilation],
    padding: padding === 'causal' ? before : padding,
  });
}

/** @throws InputError `layer-shape` where a layer does not go with what it is given */
export function outputShape(layer: LayerSpec, inputs: Shape[]): Shape {
  const [input] = inputs;
  switch (layer.kind) {
    case 'dense':
      return [...input.slice(0, -1), layer.units];
    case 'conv2d':
    case 'depthwiseConv2d':
    case 'maxPool2d':
    case 'averagePool2d':
      return windowOf(layer, input).output;
    case 'conv1d':
    case 'maxPool1d':
    case 'averagePool1d':
      return windowOf(layer, input).output.slice(1);
    case 'globalAveragePool':
    case 'globalMaxPool':
      if (input.length < 2) throw wrongRank(layer, inputs, 'places with channels');
      return [channelsOf(input)];
    case 'flatten':
      return [sizeOf(input)];
    case 'reshape':
      if (sizeOf(layer.shape) !== sizeOf(input)) throw wrongRank(layer, inputs, `${sizeOf(layer.shape)} numbers`);
      return layer.shape;
    case 'embedding':
      if (input.length !== 1 && !(input.length === 2 && input[1] === 1)) throw wrongRank(layer, inputs, 'a flat example of indices');
      return [input[0], layer.dimension];
    case 'slice':
      if (layer.first + layer.count > channelsOf(input)) {
        throw wrongRank(layer, inputs, `at least ${layer.first + layer.count} numbers in the last axis`);
      }
      return [...input.slice(0, -1), layer.count];
    case 'mask':
      if (input.length > 2) throw wrongRank(layer, inputs, 'a sequence [length] or [length, channels]');
      return [input[0]];
    case 'add':
      if (inputs.some((other) => !isSame(other, input))) throw wrongRank(layer, inputs, 'equal ones');
      return input;
    case 'concatenate':
      if (inputs.some((other) => !isSame(other.slice(0, -1), input.slice(0, -1)))) {
        throw wrongRank(layer, inputs, 'ones that are equal but for the last axis');
      }
      return [...input.slice(0, -1), inputs.reduce((sum, other) => sum + channelsOf(other), 0)];
    case 'gru':
      if (input.length !== 2) throw wrongRank(layer, inputs, 'a sequence [length, channels]');
      return layer.sequences ? [input[0], layer.units] : [layer.units];
    case 'positionalEmbedding':
      if (input.length !== 2) throw wrongRank(layer, inputs, 'a sequence [length, channels]');
      return input;
    case 'multiHeadAttention':
      if (input.length !== 2) throw wrongRank(layer, inputs, 'a sequence [length, channels]');
      if (input[1] % layer.heads !== 0) throw wrongRank(layer, inputs, `channels that ${layer.heads} heads can share evenly`);
      return input;
    case 'dropout':
    case 'activation':
    case 'batchNormalization':
    case 'layerNormalization':
      return input;
  }
}

/** A mask says of every place whether it counts. @throws InputError `layer-shape` */
export function requireMask(layer: LayerSpec, input: Shape, mask: Shape): void {
  const places = sizeOf(input) / channelsOf(input);
  if (mask.length === 1 && mask[0] === places) return;
  throw new InputError(
    'layer-shape',
    `Its mask has the shape [${mask.join(', ')}], and its input [${input.join(', ')}] has ${places} places.`,
    {
      advice: `Let "${layer.kind}" read a layer "mask" of the same length.`,
    },
  );
}

const isSame = (one: Shape, other: Shape): boolean => one.length === other.length && one.every((extent, axis) => extent === other[axis]);

const wrongRank = ({ kind }: LayerSpec, inputs: Shape[], needed: string): InputError => {
  const given = inputs.map((shape) => `[${shape.join(', ')}]`).join(' and ');
  return new InputError('layer-shape', `It is given the shape${inputs.length > 1 ? 's' : ''} ${given} and needs ${needed}.`, {
    advice: `Change the layers before "${kind}".`,
  });
};
