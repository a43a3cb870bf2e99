/** Convolutions and pooling of Keras, with zeros that a layer before may have asked for. */
import * as z from 'zod/mini';
import type { Padding } from '../../../spec/layer.js';
import { filled, isNonNegative } from '../network/pieces.js';
import { type At, type KerasReader, maybe, pair, reader, single, whole, word } from './layer.js';

export const format = { data_format: maybe(word) };
const bias = { use_bias: maybe(z.boolean()), activation: maybe(word) };
const window = { ...format, kernel_size: pair, strides: maybe(pair), dilation_rate: maybe(pair), padding: maybe(word) };

const Conv2D = z.object({ ...window, ...bias, filters: whole, groups: maybe(whole) });
const DepthwiseConv2D = z.object({ ...window, ...bias, depth_multiplier: maybe(whole) });
const SeparableConv2D = z.object({ ...window, ...bias, filters: whole, depth_multiplier: maybe(whole) });
const Conv1D = z.object({
  ...format,
  ...bias,
  filters: whole,
  kernel_size: single,
  strides: maybe(single),
  dilation_rate: maybe(single),
  padding: maybe(word),
  groups: maybe(whole),
});
const Pooling2D = z.object({ ...format, pool_size: pair, strides: maybe(pair), padding: maybe(word) });
const Pooling1D = z.object({ ...format, pool_size: single, strides: maybe(single), padding: maybe(word) });
const cell = z.number().check(z.int(), z.minimum(0), z.maximum(4096));
const both = z.tuple([cell, cell]);
const ZeroPadding2D = z.object({ ...format, padding: z.union([cell, z.tuple([both, both]), both]) });

export const conv2d = reader(
  Conv2D,
  (settings, at) => {
    if ((settings.groups ?? 1) !== 1) throw at.refused('it has groups');
    const { filters, kernel_size: kernel } = settings;
    const weights = at.weight('kernel', [...kernel, channelsOf(at), filters]);
    const place = at.add({ kind: 'conv2d', filters, ...windowOf(settings, at) }, [weights, biasOf(settings, at, filters)]);
    return at.activated(place, settings.activation ?? 'linear');
  },
  true,
);

export const depthwiseConv2d = reader(
  DepthwiseConv2D,
  (settings, at) => {
    const { weights, multiplier } = depthwise(settings, at);
    const values = [weights, biasOf(settings, at, channelsOf(at) * multiplier)];
    const place = at.add({ kind: 'depthwiseConv2d', multiplier, ...windowOf(settings, at) }, values);
    return at.activated(place, settings.activation ?? 'linear');
  },
  true,
);

/** Each channel by itself, then all of them at each place. */
export const separableConv2d = reader(
  SeparableConv2D,
  (settings, at) => {
    const { weights, multiplier } = depthwise(settings, at);
    const { filters } = settings;
    const between = channelsOf(at) * multiplier;
    const apart = at.add({ kind: 'depthwiseConv2d', multiplier, ...windowOf(settings, at) }, [weights, filled(between, 0)]);
    const mixing = [at.weight('pointwise_kernel', [1, 1, between, filters]), biasOf(settings, at, filters)];
    const place = at.add({ kind: 'conv2d', filters, kernel: [1, 1], activation: 'linear' }, mixing, [apart]);
    return at.activated(place, settings.activation ?? 'linear');
  },
  true,
);

export const conv1d = reader(Conv1D, (settings, at) => {
  if ((settings.groups ?? 1) !== 1) throw at.refused('it has groups');
  requireChannelsLast(settings, at);
  const { filters, kernel_size: kernel } = settings;
  const weights = at.weight('kernel', [kernel, channelsOf(at), filters]);
  const padding = named(settings.padding, at, ['valid', 'same', 'causal'] as const);
  const [stride, dilation] = [settings.strides ?? 1, settings.dilation_rate ?? 1];
  const layer = { kind: 'conv1d', filters, kernel, stride, dilation, padding, activation: 'linear' } as const;
  return at.activated(at.add(layer, [weights, biasOf(settings, at, filters)]), settings.activation ?? 'linear');
});

export const pooling2d = (kind: 'maxPool2d' | 'averagePool2d'): KerasReader =>
  reader(
    Pooling2D,
    (settings, at) => {
      requireChannelsLast(settings, at);
      const { pool_size: size } = settings;
      const [{ padding, place }] = at.given;
      // A cell of padding is never the maximum, where a zero is; over numbers that are not negative both give the same.
      if (padding && !(kind === 'maxPool2d' && isNonNegative(at.network, place)))
        throw at.refused('zeros before it count, and padding does not');
      return { place: at.add({ kind, size, strides: settings.strides ?? size, padding: paddingOf(settings, at) }) };
    },
    true,
  );

export const pooling1d = (kind: 'maxPool1d' | 'averagePool1d'): KerasReader =>
  reader(Pooling1D, (settings, at) => {
    requireChannelsLast(settings, at);
    const { pool_size: size } = settings;
    const padding = named(settings.padding, at, ['valid', 'same'] as const);
    return { place: at.add({ kind, size, stride: settings.strides ?? size, padding }) };
  });

export const zeroPadding2d = reader(
  ZeroPadding2D,
  (settings, at) => {
    requireChannelsLast(settings, at);
    const { padding } = settings;
    const rows = typeof padding === 'number' ? padding : padding[0];
    const columns = typeof padding === 'number' ? padding : padding[1];
    const [top, bottom] = typeof rows === 'number' ? [rows, rows] : rows;
    const [left, right] = typeof columns === 'number' ? [columns, columns] : columns;
    const [{ place, padding: before = [0, 0, 0, 0] }] = at.given;
    return { place, padding: [before[0] + top, before[1] + left, before[2] + bottom, before[3] + right] };
  },
  true,
);

const channelsOf = ({ shape }: At): number => shape[shape.length - 1];

function depthwise(settings: z.infer<typeof DepthwiseConv2D>, at: At): { weights: Float32Array; multiplier: number } {
  const multiplier = settings.depth_multiplier ?? 1;
  return { multiplier, weights: at.weight('depthwise_kernel', [...settings.kernel_size, channelsOf(at), multiplier]) };
}

function windowOf(settings: z.infer<z.ZodMiniObject<typeof window>>, at: At) {
  requireChannelsLast(settings, at);
  if (at.shape.length !== 3) throw at.refused('it is not given a picture');
  const { kernel_size: kernel, strides, dilation_rate: dilation } = settings;
  return {
    kernel,
    strides: strides ?? [1, 1],
    dilation: dilation ?? [1, 1],
    padding: paddingOf(settings, at),
    activation: 'linear',
  } as const;
}

function paddingOf({ padding }: { padding?: string | null | undefined }, at: At): Padding {
  const own = named(padding, at, ['valid', 'same'] as const);
  const before = at.given[0].padding;
  if (before && own === 'same') throw at.refused('it pads what a layer before it has padded');
  return before ?? own;
}

function named<Word extends string>(given: string | null | undefined, at: At, words: readonly Word[]): Word {
  const found = words.find((word) => word === (given ?? 'valid'));
  if (found) return found;
  throw at.refused(`there is no padding "${given}"`);
}

export function requireChannelsLast({ data_format: order }: { data_format?: string | null | undefined }, at: At): void {
  if (order === 'channels_first') throw at.refused('its channels come first');
}

export const biasOf = ({ use_bias: has }: { use_bias?: boolean | null | undefined }, at: At, units: number): Float32Array =>
  has === false ? filled(units, 0) : at.weight('bias', [units]);
