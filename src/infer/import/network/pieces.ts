/** What takes several of our layers, or one with fixed weights, to say. */
import type { Activation } from '../../../spec/layer.js';
import type { NetworkBuilder, Place } from './builder.js';

export const filled = (length: number, value: number): Float32Array => new Float32Array(length).fill(value);

/**
 * min(max(x, 0), most) of a picture: most − relu(most − relu(x)), by convolutions of one cell for each channel. What is small loses what a number of
 * the size of `most` cannot hold: half a millionth for 6.
 */
export function clipped(network: NetworkBuilder, from: Place, most: number, name: string): Place {
  const channels = network.shapeOf(from)[2];
  const mirrored = (place: Place, activation: Activation): Place =>
    network.add({ kind: 'depthwiseConv2d', kernel: [1, 1], activation }, [place], name, [filled(channels, -1), filled(channels, most)]);
  return mirrored(mirrored(network.add({ kind: 'activation', activation: 'relu' }, [from], name), 'relu'), 'linear');
}

/** scale · x + shift for each channel: by running moments of which nothing is left in single precision. */
export function affine(network: NetworkBuilder, from: Place, scale: Float32Array, shift: Float32Array, name: string): Place {
  const { length } = scale;
  return network.add({ kind: 'batchNormalization', epsilon: 1e-30 }, [from], name, [scale, shift, filled(length, 0), filled(length, 1)]);
}

/** Whether no number of what a layer gives is below zero. */
export function isNonNegative(network: NetworkBuilder, place: Place): boolean {
  const layer = network.layerAt(place);
  return layer !== undefined && 'activation' in layer && (layer.activation === 'relu' || layer.activation === 'sigmoid');
}
