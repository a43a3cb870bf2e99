/** Convolutions and pooling of ONNX: over channels first, where ours come last. */
import type { Padding } from '../../../spec/layer.js';
import { permuted } from '../../export/permute.js';
import { filled } from '../network/pieces.js';
import type { At, Value } from './value.js';

export function convolution(at: At): Value {
  const given = at.value();
  const { padding, ...value } = given;
  at.channelsSecond(value);
  const { extents, values } = at.constant(1);
  const channels = at.shapeOf(value).at(-1) as number;
  const [filters, perGroup, ...kernel] = extents;
  const group = at.number('group', 1);
  if (kernel.length !== value.axes.length - 2 || perGroup * group !== channels)
    throw at.refused(`its weights have the shape [${extents.join(', ')}]`);
  const bias = at.optional(2) ?? filled(filters, 0);
  if (kernel.length === 1) return along(at, value, kernel[0], filters, group, values, bias);
  if (kernel.length !== 2) throw at.refused('it is neither of pictures nor of sequences');
  const window = { ...windowOf(at, kernel as [number, number], padding), activation: 'linear' } as const;
  if (group === 1) {
    const weights = permuted(values, extents, [2, 3, 1, 0]);
    return { ...value, place: at.add({ kind: 'conv2d', filters, ...window }, [weights, bias]) };
  }
  if (group !== channels || filters % channels !== 0)
    throw at.refused(`it has ${group} groups for ${channels} channels: one, or one for each, can be had`);
  const multiplier = filters / channels;
  const weights = permuted(values, [channels, multiplier, ...kernel], [2, 3, 0, 1]);
  return { ...value, place: at.add({ kind: 'depthwiseConv2d', multiplier, ...window }, [weights, bias]) };
}

function along(at: At, value: Value, kernel: number, filters: number, group: number, values: Float32Array, bias: Float32Array): Value {
  if (group !== 1) throw at.refused('it has groups along a sequence');
  const [stride, dilation] = [at.numbers('strides')?.[0] ?? 1, at.numbers('dilations')?.[0] ?? 1];
  const [length, channels] = at.shapeOf(value);
  const weights = permuted(values, [filters, channels, kernel], [2, 1, 0]);
  const padding = paddingAlong(at, length, (kernel - 1) * dilation + 1, stride);
  return { ...value, place: at.add({ kind: 'conv1d', filters, kernel, stride, dilation, padding, activation: 'linear' }, [weights, bias]) };
}

/** @param reach places from the first of a window to its last */
function paddingAlong(at: At, length: number, reach: number, stride: number): 'valid' | 'same' | 'causal' {
  const automatic = automaticPadding(at);
  if (automatic) return automatic;
  const [before, after] = at.numbers('pads') ?? [0, 0];
  const all = Math.max(0, (Math.ceil(length / stride) - 1) * stride + reach - length);
  if (before === 0 && after === 0) return 'valid';
  if (before === all >> 1 && after === all - (all >> 1)) return 'same';
  if (before === reach - 1 && after === 0) return 'causal';
  throw at.refused(`a padding of ${before} and ${after} places along a sequence`);
}

export function pooling(at: At, kind: 'max' | 'average'): Value {
  const value = at.channelsSecond();
  const kernel = at.numbers('kernel_shape') ?? [];
  if (kernel.length !== value.axes.length - 2) throw at.refused('its window has another rank than what it reads');
  if ((at.numbers('dilations') ?? []).some((step) => step !== 1)) throw at.refused('its window has gaps');
  const pads = at.numbers('pads') ?? [];
  // Ours never counts cells of padding, and ends where a window does not fit any more.
  const isPadded = automaticPadding(at) === 'same' || pads.some((cells) => cells > 0);
  if (kind === 'average' && at.number('count_include_pad', 0) !== 0 && isPadded) throw at.refused('it counts cells of padding');
  const strides = at.numbers('strides') ?? kernel.map(() => 1);
  if (at.number('ceil_mode', 0) !== 0) requireExact(at, value, kernel, strides, pads);
  if (kernel.length === 1) {
    const padding = paddingAlong(at, at.shapeOf(value)[0], kernel[0], strides[0]);
    if (padding === 'causal') throw at.refused('a padding at the beginning alone');
    return { ...value, place: at.add({ kind: `${kind}Pool1d`, size: kernel[0], stride: strides[0], padding }) };
  }
  if (kernel.length !== 2) throw at.refused('it is neither of pictures nor of sequences');
  const { kernel: size, strides: steps, padding } = windowOf(at, kernel as [number, number], undefined);
  return { ...value, place: at.add({ kind: `${kind}Pool2d`, size, strides: steps, padding }) };
}

/** The same where every window fits. */
function requireExact(at: At, value: Value, kernel: readonly number[], strides: readonly number[], pads: readonly number[]): void {
  const places = at.shapeOf(value);
  const isExact = kernel.every(
    (size, axis) => (places[axis] + (pads[axis] ?? 0) + (pads[axis + kernel.length] ?? 0) - size) % strides[axis] === 0,
  );
  if (!isExact) throw at.refused('its last windows go over the end (ceil_mode)');
}

function windowOf(at: At, kernel: [number, number], before: Value['padding']) {
  const strides = (at.numbers('strides') ?? [1, 1]) as [number, number];
  const dilation = (at.numbers('dilations') ?? [1, 1]) as [number, number];
  const automatic = automaticPadding(at);
  if (automatic === 'same' && before) throw at.refused('it pads what a node before it has padded');
  const own = (automatic ? [0, 0, 0, 0] : (at.numbers('pads') ?? [0, 0, 0, 0])) as [number, number, number, number];
  const cells = own.map((count, side) => count + (before?.[side] ?? 0)) as [number, number, number, number];
  const padding: Padding = automatic === 'same' ? 'same' : cells;
  return { kernel, strides, dilation, padding };
}

function automaticPadding(at: At): 'valid' | 'same' | undefined {
  const named = at.text('auto_pad') ?? 'NOTSET';
  if (named === 'NOTSET') return undefined;
  if (named === 'VALID') return 'valid';
  if (named === 'SAME_UPPER') return 'same';
  throw at.refused(`a padding "${named}", with the odd cell first`);
}

/** Over all places, whose axes stay, one long, unless it is said otherwise. */
export function overPlaces(at: At, kind: 'globalAveragePool' | 'globalMaxPool', value: Value, keepsAxes = true): Value {
  const { length } = value.axes;
  const flat = at.add({ kind });
  if (!keepsAxes) return { place: flat, axes: [0, 1] };
  const channels = at.network.shapeOf(flat)[0];
  return { place: at.add({ kind: 'reshape', shape: [...filled(length - 2, 1), channels] }, [], [flat]), axes: value.axes };
}

/** A mean or a maximum over axes: of all places, or not ours. */
export function reduced(at: At, kind: 'globalAveragePool' | 'globalMaxPool'): Value {
  const value = at.value();
  const axes = at.numbers('axes') ?? at.optional(1);
  if (!axes || value.flattened || value.padding) throw at.refused('it does not run over the places alone');
  const own = Array.from(axes, (axis) => value.axes[at.axis(axis, value)]).sort((one, other) => one - other);
  const places = value.axes.map((_, axis) => axis + 1).slice(0, -2);
  if (own.length !== places.length || own.some((axis, index) => axis !== places[index]))
    throw at.refused('it does not run over the places alone');
  return overPlaces(at, kind, value, at.number('keepdims', 1) !== 0);
}

/** Zeros around a picture are a convolution's to bring. */
export function padded(at: At): Value {
  const value = at.value();
  if ((at.text('mode') ?? 'constant') !== 'constant') throw at.refused('it pads with something else than zeros');
  const cells = at.numbers('pads') ?? Array.from(at.constant(1).values);
  if ((at.optional(2)?.[0] ?? at.number('value', 0)) !== 0 || at.node.inputs.length > 3)
    throw at.refused('it pads with something else than zeros');
  if (value.axes.length !== 4 || cells.length !== 8) throw at.refused('it does not pad a picture');
  const sides = [0, 0, 0, 0] as [number, number, number, number];
  for (const [axis, own] of value.axes.entries()) {
    const [before, after] = [cells[axis], cells[axis + 4]];
    const isSide = own === 1 || own === 2;
    if (!(before >= 0 && after >= 0) || (!isSide && before + after > 0)) throw at.refused('it does not pad the sides of a picture alone');
    if (isSide) [sides[own - 1], sides[own + 1]] = [before, after];
  }
  return { ...value, padding: sides.map((count, side) => count + (value.padding?.[side] ?? 0)) as typeof sides };
}
