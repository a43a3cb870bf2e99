/** What a kind of layer is in Keras, as tfjs-layers reads it. */
import type { ParameterRole } from '../../../compute/plan/parameters.js';
import type { Shape } from '../../../compute/plan/shapes.js';
import type { Activation, LayerOf, LayerSpec } from '../../../spec/layer.js';

export interface KerasLayer {
  className: string;
  config: Readonly<Record<string, unknown>>;
  /** What Keras calls each parameter of ours; their axes have the same order. */
  weights?: readonly (readonly [ParameterRole, string])[];
}

/** Answers undefined where Keras has no words for it. Several layers may stand for one. */
export type KerasLayers<Kind extends LayerSpec['kind']> = (layer: LayerOf<Kind>, inputShape: Shape) => KerasLayer[] | undefined;

const names: Readonly<Record<Exclude<Activation, 'leakyRelu'>, string>> = {
  linear: 'linear',
  relu: 'relu',
  tanh: 'tanh',
  sigmoid: 'sigmoid',
  gelu: 'gelu',
  silu: 'swish',
  elu: 'elu',
};

/** A layer with its activation; the leaky one is a layer of its own. */
export function withActivation(layer: KerasLayer, activation: Activation): KerasLayer[] {
  if (activation !== 'leakyRelu') return [{ ...layer, config: { ...layer.config, activation: names[activation] } }];
  return [{ ...layer, config: { ...layer.config, activation: 'linear' } }, ...activationLayers(activation)];
}

export const activationLayers = (activation: Activation): KerasLayer[] =>
  activation === 'leakyRelu'
    ? [{ className: 'LeakyReLU', config: { alpha: 0.01 } }]
    : [{ className: 'Activation', config: { activation: names[activation] } }];
