/**
 * The layers of a network as data. Each reads the layer before it unless it says otherwise; shapes are of one example, without the rows:
 * [numbers] flat, [length, channels] a sequence, [height, width, channels] a picture. `plan/shapes.ts` settles and checks them.
 */
import * as z from 'zod/mini';

/** Engines know them by their place in this list: append, never reorder. */
export const activations = ['linear', 'relu', 'tanh', 'sigmoid', 'gelu', 'silu', 'elu', 'leakyRelu'] as const;
export const Activation = z.enum(activations);
export type Activation = z.infer<typeof Activation>;

export const positiveInteger = z.number().check(z.int(), z.minimum(1), z.maximum(1 << 20));
const extent = z.number().check(z.int(), z.minimum(1), z.maximum(4096));
const pair = z.tuple([extent, extent]);
const border = z.number().check(z.int(), z.minimum(0), z.maximum(4096));

/** Says in the published schema, and in forms that are generated from it, what a setting is and what it is when left out. */
const told = <Schema extends z.ZodMiniType>(schema: Schema, description: string, otherwise?: unknown): Schema =>
  schema.check(z.meta({ description, ...(otherwise === undefined ? {} : { default: otherwise }) })) as Schema;

/** What a layer is called by those that read it. `input` is what the network is given. */
export const inputName = 'input';
const name = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/));
const named = { name: told(z.optional(name), 'What later layers call it.') };
/** `from`: the layer before it in the list whose output it reads, by name. Left out: the one just before, or the network's input. */
const wired = { ...named, from: told(z.optional(name), 'The layer that it reads, or `input`. Left out: the one before it.') };
/** At least two, read in this order. The same may be read twice. */
const joined = { ...named, from: told(z.array(name).check(z.minLength(2), z.maxLength(64)), 'The layers that it joins, in this order.') };
/**
 * `mask`: the layer that says of every place whether it counts, [length], 1 or 0; mostly one of kind `mask`. Left out: every place counts.
 */
const masked = { ...wired, mask: told(z.optional(name), 'The layer that says which places count. Left out: all do.') };
const activated = told(Activation, 'What each number of its output goes through.');
const learnedVectors = told(extent, 'Features that it learns: channels of its output.');
const units = told(positiveInteger, 'Numbers that it gives.');

/**
 * `valid` adds nothing; `same` makes the output as large as the input divided by the strides, with the odd cell at the bottom and right, as
 * TensorFlow does; or [top, left, bottom, right] cells.
 */
const Padding = z.union([z.enum(['valid', 'same']), z.tuple([border, border, border, border])]);
export type Padding = z.infer<typeof Padding>;

const paddingWords = '`valid` adds nothing, `same` keeps the size but for strides; or cells at the top, left, bottom and right.';

/** A layer that moves a window over [height, width, channels]. Left out: strides 1, dilation 1, padding `valid`. */
const convolving = {
  ...wired,
  kernel: told(pair, 'Height and width of the window, in cells.'),
  strides: told(z.optional(pair), 'Cells that the window moves by, down and to the right.', [1, 1]),
  dilation: told(z.optional(pair), 'From one cell of the window to the next; 1 leaves no gaps.', [1, 1]),
  padding: told(z.optional(Padding), paddingWords, 'valid'),
  activation: activated,
};
/** Left out: strides as the size, padding `valid`. Cells of padding count neither for the maximum nor for the average. */
const pooling = {
  ...wired,
  size: told(pair, 'Height and width of the window, in cells.'),
  strides: told(z.optional(pair), 'Cells that the window moves by, down and to the right. Left out: its size.'),
  padding: told(z.optional(Padding), paddingWords, 'valid'),
};
/** The same over [length, channels]. */
const pooling1d = {
  ...wired,
  size: told(extent, 'Places of the window.'),
  stride: told(z.optional(extent), 'Places that the window moves by. Left out: its size.'),
  padding: told(z.optional(z.enum(['valid', 'same'])), '`valid` adds nothing, `same` keeps the length but for the stride.', 'valid'),
};
const epsilon = told(z.optional(z.number().check(z.positive(), z.maximum(1))), 'Added to the variance, so that none is 0.', 0.001);

export const LayerSpec = z.discriminatedUnion('kind', [
  /** Of a flat example: [inputs] to [units]. Of a sequence or a picture: each place by itself, [..., channels] to [..., units], as Keras does. */
  z.object({ kind: z.literal('dense'), ...wired, units, activation: activated }),
  z.object({
    kind: z.literal('dropout'),
    ...wired,
    /** Share of values set to zero while training; the others are divided by (1 − rate). */
    rate: told(z.number().check(z.minimum(0), z.maximum(0.95)), 'Share of numbers set to zero while training.'),
  }),
  z.object({ kind: z.literal('conv2d'), filters: learnedVectors, ...convolving }),
  /** Each channel by itself: gives channels × `multiplier` (1 when left out), those of one input channel side by side. */
  z.object({ kind: z.literal('depthwiseConv2d'), multiplier: told(z.optional(extent), 'Outputs of each channel.', 1), ...convolving }),
  /**
   * [length, channels] to [places, filters]. Left out: stride 1, dilation 1, padding `valid`. `causal` pads (kernel − 1) · dilation at the
   * beginning alone, so that no place sees what comes after it (1609.03499, section 2.1): with stride 1 the length stays.
   */
  z.object({
    kind: z.literal('conv1d'),
    ...wired,
    filters: learnedVectors,
    kernel: told(extent, 'Places of the window.'),
    stride: told(z.optional(extent), 'Places that the window moves by.', 1),
    dilation: told(z.optional(extent), 'From one place of the window to the next; 1 leaves no gaps.', 1),
    padding: told(
      z.optional(z.enum(['valid', 'same', 'causal'])),
      '`valid` adds nothing, `same` keeps the length but for the stride, `causal` sees nothing that comes after a place.',
      'valid',
    ),
    activation: activated,
  }),
  z.object({ kind: z.literal('maxPool2d'), ...pooling }),
  z.object({ kind: z.literal('averagePool2d'), ...pooling }),
  z.object({ kind: z.literal('maxPool1d'), ...pooling1d }),
  z.object({ kind: z.literal('averagePool1d'), ...pooling1d }),
  /** The mean over all places that count: [..., channels] to [channels]; zero where none does. */
  z.object({ kind: z.literal('globalAveragePool'), ...masked }),
  /** The largest over all places that count: [..., channels] to [channels]; zero where none does. */
  z.object({ kind: z.literal('globalMaxPool'), ...masked }),
  z.object({ kind: z.literal('flatten'), ...wired }),
  /** The same numbers in the same order, as a sequence [length, channels] or a picture [height, width, channels]. */
  z.object({
    kind: z.literal('reshape'),
    ...wired,
    shape: told(
      z.array(positiveInteger).check(z.minLength(2), z.maxLength(3)),
      'Length and channels, or height, width and channels: as many numbers in all as before.',
    ),
  }),
  z.object({ kind: z.literal('activation'), ...wired, activation: activated }),
  /**
   * Per channel, over the batch and all places while training, by running moments afterwards (1502.03167). `momentum` is what stays of a
   * running moment in a step: 0.9 when left out. `epsilon`: 0.001.
   */
  z.object({
    kind: z.literal('batchNormalization'),
    ...wired,
    momentum: told(z.optional(z.number().check(z.minimum(0), z.maximum(1))), 'What stays of a running moment in a step.', 0.9),
    epsilon,
  }),
  /** Over the channels of each place by itself (1607.06450). `epsilon`: 0.001 when left out. */
  z.object({ kind: z.literal('layerNormalization'), ...wired, epsilon }),
  /**
   * Of inputs as they are given, or a slice of them: [length] of indices below `vocabulary` to [length, dimension]. A categorical column is
   * a slice of one; several are joined by `concatenate`, then `flatten`, then again by `concatenate` with the numbers (1604.06737).
   */
  z.object({
    kind: z.literal('embedding'),
    ...wired,
    vocabulary: told(positiveInteger, 'How many indices there are.'),
    dimension: told(extent, 'Numbers that it learns for each index.'),
  }),
  /** Numbers `first` to `first` + `count` − 1 of the last axis: [..., channels] to [..., count]. */
  z.object({
    kind: z.literal('slice'),
    ...wired,
    first: told(z.number().check(z.int(), z.minimum(0), z.maximum(1 << 20)), 'The first number that it takes, counted from 0.'),
    count: told(positiveInteger, 'How many it takes.'),
  }),
  /** The sum of layers of one shape: a residual connection (1512.03385). */
  z.object({ kind: z.literal('add'), ...joined }),
  /** Side by side along the last axis, whose extents add up; all others must be the same. */
  z.object({ kind: z.literal('concatenate'), ...joined }),
  /**
   * 1 for each place that counts and 0 for padding, from inputs as they are given or a slice of them: [length] or [length, channels] to
   * [length]. Padding is a place of which every number is `padding`, 0 when left out, as Keras's Masking and the index 0 of its Embedding.
   */
  z.object({
    kind: z.literal('mask'),
    ...wired,
    padding: told(z.optional(z.number().check(z.minimum(-1e9), z.maximum(1e9))), 'What stands where nothing is.', 0),
  }),
  /**
   * Gated recurrent units over [length, channels], from a state of zeros: the last state [units], or with `sequences` all of them
   * [length, units]. The variant of cuDNN, PyTorch and Keras's `reset_after` (1406.1078v3 with the reset gate after the product):
   * z = σ(x·Wz + bz + h·Uz + cz), r = σ(x·Wr + br + h·Ur + cr), n = tanh(x·Wn + bn + r ∘ (h·Un + cn)), h' = z ∘ h + (1 − z) ∘ n.
   * A place that does not count leaves the state as it was.
   */
  z.object({
    kind: z.literal('gru'),
    ...masked,
    units: told(extent, 'Numbers of its state.'),
    sequences: told(z.optional(z.boolean()), 'Gives its state at every place, and not the last alone.', false),
  }),
  /** Adds a learned vector to each place: [length, channels] to the same. */
  z.object({ kind: z.literal('positionalEmbedding'), ...wired }),
  /**
   * Self-attention (1706.03762, section 3.2): [length, channels] to the same, by `heads` of channels / heads numbers each; shares are the softmax
   * of q · k / √(channels / heads) over the places that count, with `causal` only those up to the place itself. Where none counts a head gives zero.
   * A transformer block is this, `add`, `layerNormalization`, dense layers and again both, in either order (2002.04745).
   */
  z.object({
    kind: z.literal('multiHeadAttention'),
    ...masked,
    heads: told(extent, 'Heads that share the channels evenly.'),
    causal: told(z.optional(z.boolean()), 'No place sees what comes after it.', false),
  }),
]);
export type LayerSpec = z.infer<typeof LayerSpec>;
export type LayerOf<Kind extends LayerSpec['kind']> = Extract<LayerSpec, { kind: Kind }>;
