/** What each layer gives, by what it is given. Shapes are of one example, without the rows. */
import { InputError } from '../../base/errors.js';
import type { LayerSpec, ModelSpec } from '../../spec/model.js';
import { type Window2d, windowOver } from './window.js';

export type Shape = readonly number[];
export type PictureShape = readonly [height: number, width: number, channels: number];

export const sizeOf = (shape: Shape): number => shape.reduce((product, extent) => product * extent, 1);

/** Numbers in the last axis; the places before it are what normalisation and global pooling run over. */
export const channelsOf = (shape: Shape): number => shape[shape.length - 1];

export const inputShape = ({ inputs, shape }: ModelSpec): Shape => shape ?? [inputs];

/** The window of a layer that has one. @throws InputError `layer-shape` */
export function windowOf(layer: LayerSpec, input: Shape): Window2d {
  if (input.length !== 3) throw wrongRank(layer, input, 'a picture [height, width, channels]');
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

/** @throws InputError `layer-shape` where a layer does not go with what it is given */
export function outputShape(layer: LayerSpec, input: Shape): Shape {
  switch (layer.kind) {
    case 'dense':
      if (input.length !== 1) throw wrongRank(layer, input, 'a flat example: put a layer "flatten" before it');
      return [layer.units];
    case 'conv2d':
    case 'depthwiseConv2d':
    case 'maxPool2d':
    case 'averagePool2d':
      return windowOf(layer, input).output;
    case 'globalAveragePool':
      if (input.length < 2) throw wrongRank(layer, input, 'places with channels');
      return [channelsOf(input)];
    case 'flatten':
      return [sizeOf(input)];
    case 'embedding':
      if (input.length !== 1) throw wrongRank(layer, input, 'a flat example of indices');
      return [input[0], layer.dimension];
    case 'dropout':
    case 'activation':
    case 'batchNormalization':
    case 'layerNormalization':
      return input;
  }
}

/**
 * The shape that each layer is given, and at last that of the outputs: one more than there are layers.
 * @throws InputError `layer-shape`, naming the layer, what it is given and what it needs
 */
export function shapesOf(model: ModelSpec): Shape[] {
  const shapes: Shape[] = [inputShape(model)];
  if (sizeOf(shapes[0]) !== model.inputs) {
    throw new InputError('layer-shape', `An example of shape [${shapes[0].join(', ')}] does not have ${model.inputs} numbers.`, {
      advice: 'Give "inputs" as the product of "shape".',
      place: { field: 'shape' },
    });
  }
  model.layers.forEach((layer, index) => {
    try {
      if (layer.kind === 'embedding' && index > 0) throw wrongRank(layer, shapes[index], 'indices: it must be the first layer');
      shapes.push(outputShape(layer, shapes[index]));
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      const { message, advice, code } = cause;
      throw new InputError(code, `Layer ${index + 1} ("${layer.kind}"): ${message}`, { advice, cause, place: { layer: index + 1 } });
    }
  });
  if (shapes[shapes.length - 1].length !== 1) {
    throw new InputError('layer-shape', `The network ends in the shape [${shapes[shapes.length - 1].join(', ')}], which is not flat.`, {
      advice: 'End with "flatten" or "globalAveragePool" and a dense layer.',
      place: { layer: model.layers.length },
    });
  }
  return shapes;
}

const wrongRank = ({ kind }: LayerSpec, input: Shape, needed: string): InputError =>
  new InputError('layer-shape', `It is given the shape [${input.join(', ')}] and needs ${needed}.`, {
    advice: `Change the layers before "${kind}".`,
  });
