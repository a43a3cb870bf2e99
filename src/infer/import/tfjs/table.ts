/** Every class of Keras that our layers can stand for. To add one: its line here, and its function beside it. */
import * as z from 'zod/mini';
import { sizeOf } from '../../../compute/plan/shapes.js';
import { filled } from '../network/pieces.js';
import { type At, type KerasReader, maybe, reader, whole, word } from './layer.js';
import {
  biasOf,
  conv1d,
  conv2d,
  depthwiseConv2d,
  format,
  pooling1d,
  pooling2d,
  requireChannelsLast,
  separableConv2d,
  zeroPadding2d,
} from './windows.js';

const anything = z.object({});
const number = z.number();

const passed = reader(anything, (_, at) => at.given[0], true);

const dense = reader(z.object({ units: whole, use_bias: maybe(z.boolean()), activation: maybe(word) }), (settings, at) => {
  const { units } = settings;
  const weights = at.weight('kernel', [channelsOf(at), units]);
  const place = at.add({ kind: 'dense', units, activation: 'linear' }, [weights, biasOf(settings, at, units)]);
  return at.activated(place, settings.activation ?? 'linear');
});

const normalization = {
  axis: maybe(z.union([number, z.array(number)])),
  epsilon: maybe(number),
  center: maybe(z.boolean()),
  scale: maybe(z.boolean()),
};

const batchNormalization = reader(z.object(normalization), (settings, at) => {
  const moments = ['moving_mean', 'moving_variance'].map((role) => at.weight(role, [channelsOf(at)]));
  return { place: at.add({ kind: 'batchNormalization', epsilon: settings.epsilon ?? 1e-3 }, [...affine(settings, at), ...moments]) };
});

const layerNormalization = reader(z.object(normalization), (settings, at) => ({
  place: at.add({ kind: 'layerNormalization', epsilon: settings.epsilon ?? 1e-3 }, affine(settings, at)),
}));

const reshape = reader(
  z.object({ target_shape: z.array(z.number().check(z.int())).check(z.minLength(1), z.maxLength(3)) }),
  (settings, at) => {
    const known = settings.target_shape.filter((extent) => extent !== -1);
    const shape = settings.target_shape.map((extent) => (extent === -1 ? sizeOf(at.shape) / sizeOf(known) : extent));
    return { place: at.add(shape.length === 1 ? { kind: 'flatten' } : { kind: 'reshape', shape }) };
  },
);

const flatten = reader(z.object(format), (settings, at) => {
  if (at.shape.length === 1) return at.given[0];
  requireChannelsLast(settings, at);
  return { place: at.add({ kind: 'flatten' }) };
});

const relu = reader(
  z.object({
    max_value: maybe(number),
    negative_slope: maybe(z.union([number, z.array(number)])),
    threshold: maybe(z.union([number, z.array(number)])),
  }),
  (settings, at) => {
    const [slope, threshold] = [[settings.negative_slope ?? 0].flat()[0], [settings.threshold ?? 0].flat()[0]];
    if (slope !== 0 || threshold !== 0) throw at.refused('it has a slope or a threshold of its own');
    const [{ place }] = at.given;
    return typeof settings.max_value === 'number' ? { place: at.limited(place, settings.max_value) } : at.activated(place, 'relu');
  },
);

const leakyRelu = reader(z.object({ alpha: maybe(number), negative_slope: maybe(number) }), (settings, at) => {
  at.requireLeakySlope(settings.negative_slope ?? settings.alpha ?? 0.3);
  return { place: at.add({ kind: 'activation', activation: 'leakyRelu' }) };
});

const elu = reader(z.object({ alpha: maybe(number) }), (settings, at) => {
  if ((settings.alpha ?? 1) !== 1) throw at.refused('its alpha is not 1');
  return at.activated(at.given[0].place, 'elu');
});

const pooled = (kind: 'globalAveragePool' | 'globalMaxPool'): KerasReader =>
  reader(z.object({ ...format, keepdims: maybe(z.boolean()) }), (settings, at) => {
    requireChannelsLast(settings, at);
    const { length } = at.shape;
    const place = at.add({ kind });
    if (!settings.keepdims) return { place };
    return { place: at.add({ kind: 'reshape', shape: [...filled(length - 1, 1), channelsOf(at)] }, [], [place]) };
  });

const embedding = reader(z.object({ input_dim: whole, output_dim: whole, mask_zero: maybe(z.boolean()) }), (settings, at) => {
  if (settings.mask_zero) throw at.refused('it masks the index 0');
  const { input_dim: vocabulary, output_dim: dimension } = settings;
  return { place: at.add({ kind: 'embedding', vocabulary, dimension }, [at.weight('embeddings', [vocabulary, dimension])]) };
});

const table: ReadonlyMap<string, KerasReader> = new Map<string, KerasReader>([
  ['Activation', reader(z.object({ activation: word }), (settings, at) => at.activated(at.given[0].place, settings.activation))],
  ['Add', reader(anything, (_, at) => ({ place: at.add({ kind: 'add', from: ['a', 'b'] }) }))],
  ['AveragePooling1D', pooling1d('averagePool1d')],
  ['AveragePooling2D', pooling2d('averagePool2d')],
  ['BatchNormalization', batchNormalization],
  [
    'Concatenate',
    reader(z.object({ axis: maybe(number) }), (settings, at) => {
      requireLastAxis(settings.axis, at);
      return { place: at.add({ kind: 'concatenate', from: ['a', 'b'] }) };
    }),
  ],
  ['Conv1D', conv1d],
  ['Conv2D', conv2d],
  ['Dense', dense],
  ['DepthwiseConv2D', depthwiseConv2d],
  ['ELU', elu],
  ['Embedding', embedding],
  ['Flatten', flatten],
  ['GlobalAveragePooling1D', pooled('globalAveragePool')],
  ['GlobalAveragePooling2D', pooled('globalAveragePool')],
  ['GlobalMaxPooling1D', pooled('globalMaxPool')],
  ['GlobalMaxPooling2D', pooled('globalMaxPool')],
  ['InputLayer', passed],
  ['LayerNormalization', layerNormalization],
  ['LeakyReLU', leakyRelu],
  ['MaxPooling1D', pooling1d('maxPool1d')],
  ['MaxPooling2D', pooling2d('maxPool2d')],
  ['ReLU', relu],
  ['Reshape', reshape],
  ['SeparableConv2D', separableConv2d],
  ['Softmax', reader(anything, (_, at) => at.activated(at.given[0].place, 'softmax'))],
  ['ZeroPadding2D', zeroPadding2d],
  // What changes numbers while training only.
  ...['Dropout', 'SpatialDropout1D', 'SpatialDropout2D', 'GaussianNoise', 'GaussianDropout', 'AlphaDropout'].map(
    (name) => [name, passed] as const,
  ),
]);

/** Undefined where ours have no layer for it. */
export const kerasReader = (className: string): KerasReader | undefined => table.get(className);

const channelsOf = ({ shape }: At): number => shape[shape.length - 1];

/** Scale and shift, which are one and zero where they are not learnt. */
function affine({ axis, center, scale }: z.infer<z.ZodMiniObject<typeof normalization>>, at: At): Float32Array[] {
  requireLastAxis(axis, at);
  const shape = [channelsOf(at)];
  return [
    scale === false ? filled(shape[0], 1) : at.weight('gamma', shape),
    center === false ? filled(shape[0], 0) : at.weight('beta', shape),
  ];
}

/** Axes are counted with the rows. */
function requireLastAxis(axis: number | number[] | null | undefined, at: At): void {
  const axes = [axis ?? -1].flat();
  if (axes.length === 1 && (axes[0] === -1 || axes[0] === at.shape.length)) return;
  throw at.refused(`it runs along the axis ${axes.join(', ')}, and not the last`);
}
