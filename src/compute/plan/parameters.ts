/** The weights of a network: which there are, their shapes, and where each stands among all of them. */
import type { Activation, LayerSpec, ModelSpec } from '../../spec/model.js';
import { channelsOf, type Shape, shapesOf, sizeOf } from './shapes.js';

/** `mean` and `variance` are running moments: they follow the batches and have no gradient. */
export type ParameterRole = 'weights' | 'bias' | 'scale' | 'shift' | 'mean' | 'variance';

export interface Parameter {
  /** Layer index and role, for messages and tests. */
  name: string;
  role: ParameterRole;
  /**
   * Dense [inputs, units]; conv2d [height, width, channels, filters]; depthwise [height, width, channels, multiplier]; embedding
   * [vocabulary, dimension]; all others [channels]. Row-major.
   */
  shape: number[];
  size: number;
  /** Of the first number, counted in numbers, in what `Network.weights()` answers. */
  offset: number;
  /** Whether the optimizer changes it. */
  learned: boolean;
  /** Whether weight decay and L2 apply: to weights only. */
  decayed: boolean;
  /** Inputs that a unit sums, and units that an input goes to; they decide how weights begin. */
  fanIn: number;
  fanOut: number;
  /** Of the layer it belongs to; decides how weights begin. */
  activation: Activation;
}

type Declaration = Pick<Parameter, 'role' | 'shape' | 'fanIn' | 'fanOut' | 'activation'>;

/** Every parameter of the model, from input to output, without gaps. @throws InputError `layer-shape` */
export function parametersOf(model: ModelSpec): Parameter[] {
  const parameters: Parameter[] = [];
  const shapes = shapesOf(model);
  let offset = 0;
  model.layers.forEach((layer, index) => {
    for (const declaration of declarationsOf(layer, shapes[index])) {
      const { role } = declaration;
      const size = sizeOf(declaration.shape);
      const learned = role !== 'mean' && role !== 'variance';
      parameters.push({ ...declaration, name: `${index}.${role}`, size, offset, learned, decayed: role === 'weights' });
      offset += size;
    }
  });
  return parameters;
}

/** What a layer learns, in the order in which it is kept. */
function declarationsOf(layer: LayerSpec, input: Shape): Declaration[] {
  const channels = channelsOf(input);
  const vectors = (...roles: ParameterRole[]): Declaration[] =>
    roles.map((role) => ({ role, shape: [channels], fanIn: 1, fanOut: 1, activation: 'linear' }));
  switch (layer.kind) {
    case 'dense':
      return weightsAndBias([channels, layer.units], channels, layer.units, layer.units, layer.activation);
    case 'conv2d': {
      const cells = layer.kernel[0] * layer.kernel[1];
      const shape = [...layer.kernel, channels, layer.filters];
      return weightsAndBias(shape, cells * channels, cells * layer.filters, layer.filters, layer.activation);
    }
    case 'depthwiseConv2d': {
      const cells = layer.kernel[0] * layer.kernel[1];
      const multiplier = layer.multiplier ?? 1;
      const shape = [...layer.kernel, channels, multiplier];
      return weightsAndBias(shape, cells, cells * multiplier, channels * multiplier, layer.activation);
    }
    case 'embedding': {
      const { vocabulary, dimension } = layer;
      return [{ role: 'weights', shape: [vocabulary, dimension], fanIn: vocabulary, fanOut: dimension, activation: 'linear' }];
    }
    case 'batchNormalization':
      return vectors('scale', 'shift', 'mean', 'variance');
    case 'layerNormalization':
      return vectors('scale', 'shift');
    default:
      return [];
  }
}

const weightsAndBias = (shape: number[], fanIn: number, fanOut: number, units: number, activation: Activation): Declaration[] => [
  { role: 'weights', shape, fanIn, fanOut, activation },
  { role: 'bias', shape: [units], fanIn, fanOut, activation },
];

/** The length of a row of outputs. */
export function outputWidth(model: ModelSpec): number {
  return sizeOf(shapesOf(model)[model.layers.length]);
}

/** How many numbers a network keeps, running moments included. */
export function parameterCount(model: ModelSpec): number {
  return parametersOf(model).reduce((sum, parameter) => sum + parameter.size, 0);
}
