/** The weights of a network: which there are, their shapes, and where each stands among all of them. */
import type { Activation, LayerSpec } from '../../spec/layer.js';
import type { ModelSpec } from '../../spec/model.js';
import { graphOf, type LayerNode, shapesOf } from './graph.js';
import { channelsOf, type Shape, sizeOf } from './shapes.js';

/** `mean` and `variance` are running moments: they follow the batches and have no gradient. */
export type ParameterRole =
  | 'weights'
  | 'bias'
  /** Of gated recurrent units: by the state before. */
  | 'recurrentWeights'
  | 'recurrentBias'
  /** Of attention: what mixes the heads. */
  | 'outputWeights'
  | 'outputBias'
  | 'scale'
  | 'shift'
  | 'mean'
  | 'variance';

export interface Parameter {
  /** Layer index and role, for messages and tests. */
  name: string;
  /** The place in the model's layers of the one it belongs to. */
  layer: number;
  role: ParameterRole;
  /**
   * Dense [inputs, units]; conv1d [kernel, channels, filters]; conv2d [height, width, channels, filters]; depthwise [height, width, channels,
   * multiplier]; embedding [vocabulary, dimension]; positional embedding [length, channels]; gru [channels, 3 · units] and recurrent
   * [units, 3 · units], in the order z, r, n; attention [channels, 3 · channels], queries, keys and values, each by heads, and
   * [channels, channels]; all others as wide as their outputs. Row-major.
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

const decayedRoles: ReadonlySet<ParameterRole> = new Set(['weights', 'recurrentWeights', 'outputWeights']);

type Declaration = Pick<Parameter, 'role' | 'shape' | 'fanIn' | 'fanOut' | 'activation'>;

/** Every parameter of the model, from input to output, without gaps. @throws InputError `layer-shape` */
export function parametersOf(model: ModelSpec, nodes: readonly LayerNode[] = graphOf(model)): Parameter[] {
  const parameters: Parameter[] = [];
  let offset = 0;
  for (const { layer, index, inputShapes } of nodes) {
    for (const declaration of declarationsOf(layer, inputShapes[0])) {
      const { role } = declaration;
      const size = sizeOf(declaration.shape);
      const learned = role !== 'mean' && role !== 'variance';
      parameters.push({ ...declaration, name: `${index}.${role}`, layer: index, size, offset, learned, decayed: decayedRoles.has(role) });
      offset += size;
    }
  }
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
    case 'conv1d': {
      const { kernel, filters } = layer;
      return weightsAndBias([kernel, channels, filters], kernel * channels, kernel * filters, filters, layer.activation);
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
    case 'positionalEmbedding':
      return [{ role: 'weights', shape: [...input], fanIn: 1, fanOut: channels, activation: 'linear' }];
    case 'gru': {
      // Each gate by itself decides how its weights begin.
      const { units } = layer;
      return [
        ...weightsAndBias([channels, 3 * units], channels, units, 3 * units, 'linear'),
        ...weightsAndBias([units, 3 * units], units, units, 3 * units, 'linear', ['recurrentWeights', 'recurrentBias']),
      ];
    }
    case 'multiHeadAttention':
      return [
        ...weightsAndBias([channels, 3 * channels], channels, channels, 3 * channels, 'linear'),
        ...weightsAndBias([channels, channels], channels, channels, channels, 'linear', ['outputWeights', 'outputBias']),
      ];
    case 'batchNormalization':
      return vectors('scale', 'shift', 'mean', 'variance');
    case 'layerNormalization':
      return vectors('scale', 'shift');
    default:
      return [];
  }
}

function weightsAndBias(
  shape: number[],
  fanIn: number,
  fanOut: number,
  units: number,
  activation: Activation,
  [weights, bias]: [ParameterRole, ParameterRole] = ['weights', 'bias'],
): Declaration[] {
  return [
    { role: weights, shape, fanIn, fanOut, activation },
    { role: bias, shape: [units], fanIn, fanOut, activation },
  ];
}

/** The length of a row of outputs. */
export function outputWidth(model: ModelSpec): number {
  return sizeOf(shapesOf(model)[model.layers.length]);
}

/** How many numbers a network keeps, running moments included. */
export function parameterCount(model: ModelSpec): number {
  return parametersOf(model).reduce((sum, parameter) => sum + parameter.size, 0);
}
