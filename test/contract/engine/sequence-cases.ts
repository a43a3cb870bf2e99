/** Layers over sequences, and layers where branches meet, each in the midst of others. */
import type { LayerSpec } from '../../../src/spec/layer.js';
import type { ModelSpec } from '../../../src/spec/model.js';
import type { LayerCase } from './cases.js';

const end: LayerSpec = { kind: 'dense', units: 3, activation: 'linear' };

/** A sequence, a few layers, flattened where they are not flat, and a few outputs. */
const sequence = (layers: LayerSpec[], shape = [7, 3], isFlat = false): ModelSpec => ({
  inputs: shape[0] * (shape[1] ?? 1),
  shape,
  layers: [...layers, ...(isFlat ? [] : [{ kind: 'flatten' as const }]), end],
  loss: 'softmaxCrossEntropy',
});
const flat = (inputs: number, layers: LayerSpec[]): ModelSpec => ({ inputs, layers: [...layers, end], loss: 'softmaxCrossEntropy' });

const convolution: LayerSpec = { kind: 'conv1d', filters: 4, kernel: 2, padding: 'same', activation: 'tanh' };
const masking: LayerSpec = { kind: 'mask', from: 'input', name: 'counts' };
/** Something learned before, of so many channels and as long as the input. */
const learned = (units: number): LayerSpec => ({ kind: 'dense', from: 'input', units, activation: 'tanh' });

export const sequenceCases: LayerCase[] = [
  {
    item: 'conv1d',
    variant: '3, same, relu',
    model: sequence([convolution, { kind: 'conv1d', filters: 9, kernel: 3, padding: 'same', activation: 'relu' }]),
  },
  {
    item: 'conv1d',
    variant: 'causal, dilation 2',
    model: sequence([convolution, { kind: 'conv1d', filters: 5, kernel: 3, dilation: 2, padding: 'causal', activation: 'gelu' }]),
  },
  {
    item: 'conv1d',
    variant: 'causal, stride 2',
    model: sequence([convolution, { kind: 'conv1d', filters: 2, kernel: 2, stride: 2, padding: 'causal', activation: 'linear' }], [8, 1]),
  },
  {
    item: 'conv1d',
    variant: 'valid, stride 3, 17 filters',
    model: sequence([{ kind: 'conv1d', filters: 17, kernel: 4, stride: 3, activation: 'sigmoid' }], [11, 5]),
  },
  {
    item: 'conv1d',
    variant: 'same, stride 2, dilation 3',
    model: sequence(
      [convolution, { kind: 'conv1d', filters: 3, kernel: 2, stride: 2, dilation: 3, padding: 'same', activation: 'elu' }],
      [10, 2],
    ),
  },
  { item: 'maxPool1d', variant: '2', model: sequence([convolution, { kind: 'maxPool1d', size: 2 }]) },
  {
    item: 'maxPool1d',
    variant: '3, overlapping, same',
    model: sequence([convolution, { kind: 'maxPool1d', size: 3, stride: 1, padding: 'same' }]),
  },
  { item: 'averagePool1d', variant: '2', model: sequence([convolution, { kind: 'averagePool1d', size: 2 }]) },
  {
    item: 'averagePool1d',
    variant: '3 by 2, same',
    model: sequence([convolution, { kind: 'averagePool1d', size: 3, stride: 2, padding: 'same' }], [6, 2]),
  },
  { item: 'globalMaxPool', variant: 'of a sequence', model: sequence([convolution, { kind: 'globalMaxPool' }], [7, 3], true) },
  {
    item: 'globalMaxPool',
    variant: 'masked',
    model: sequence([masking, learned(5), { kind: 'globalMaxPool', mask: 'counts' }], [6, 2], true),
  },
  {
    item: 'globalAveragePool',
    variant: 'masked',
    model: sequence([masking, learned(5), { kind: 'globalAveragePool', mask: 'counts' }], [6, 2], true),
  },
  {
    item: 'mask',
    variant: 'of words',
    model: flat(6, [
      { kind: 'mask', name: 'counts' },
      { kind: 'embedding', from: 'input', vocabulary: 9, dimension: 3 },
      { kind: 'globalAveragePool', mask: 'counts' },
    ]),
  },
  {
    item: 'slice',
    variant: 'of what was computed, read again',
    model: flat(5, [
      { kind: 'dense', units: 7, activation: 'tanh', name: 'all' },
      { kind: 'slice', first: 2, count: 3, name: 'some' },
      { kind: 'concatenate', from: ['all', 'some'] },
    ]),
  },
  { item: 'slice', variant: 'of channels', model: sequence([convolution, { kind: 'slice', first: 1, count: 2 }]) },
  {
    item: 'add',
    variant: 'a residual block',
    model: flat(5, [
      { kind: 'dense', units: 6, activation: 'relu', name: 'start' },
      { kind: 'dense', units: 6, activation: 'gelu' },
      { kind: 'dropout', rate: 0.3 },
      { kind: 'dense', units: 6, activation: 'linear', name: 'branch' },
      { kind: 'add', from: ['start', 'branch'] },
      { kind: 'activation', activation: 'relu' },
    ]),
  },
  {
    item: 'add',
    variant: 'three, one of them twice and one the input',
    model: flat(5, [
      { kind: 'dense', units: 5, activation: 'tanh', name: 'one' },
      { kind: 'activation', activation: 'silu', name: 'two' },
      { kind: 'add', from: ['one', 'two', 'one', 'input'] },
    ]),
  },
  {
    item: 'add',
    variant: 'two branches that change their gradients in place',
    model: flat(4, [
      { kind: 'dense', units: 5, activation: 'linear', name: 'start' },
      { kind: 'activation', activation: 'tanh', name: 'left' },
      { kind: 'activation', from: 'start', activation: 'sigmoid', name: 'right' },
      { kind: 'add', from: ['right', 'left'] },
    ]),
  },
  {
    item: 'reshape',
    variant: 'numbers of the input as a sequence',
    model: flat(14, [
      { kind: 'slice', first: 1, count: 12 },
      { kind: 'reshape', shape: [6, 2] },
      { kind: 'conv1d', filters: 3, kernel: 2, padding: 'causal', activation: 'tanh' },
      { kind: 'gru', units: 4, name: 'state' },
      { kind: 'concatenate', from: ['state', 'input'] },
    ]),
  },
  {
    item: 'reshape',
    variant: 'channels of a sequence in a picture',
    model: sequence([
      convolution,
      { kind: 'reshape', shape: [2, 2, 7] },
      { kind: 'conv2d', filters: 3, kernel: [2, 2], activation: 'tanh' },
    ]),
  },
  {
    item: 'concatenate',
    variant: 'categorical columns beside numbers',
    model: flat(5, [
      { kind: 'slice', first: 0, count: 1 },
      { kind: 'embedding', vocabulary: 4, dimension: 2, name: 'colour' },
      { kind: 'slice', from: 'input', first: 3, count: 1 },
      { kind: 'embedding', vocabulary: 6, dimension: 3, name: 'town' },
      { kind: 'concatenate', from: ['colour', 'town'] },
      { kind: 'flatten', name: 'categories' },
      { kind: 'slice', from: 'input', first: 1, count: 2, name: 'numbers' },
      { kind: 'slice', from: 'input', first: 4, count: 1, name: 'more' },
      { kind: 'concatenate', from: ['numbers', 'categories', 'more'] },
      { kind: 'dense', units: 5, activation: 'relu' },
    ]),
  },
  {
    item: 'concatenate',
    variant: 'channels of sequences',
    model: sequence([
      { ...convolution, name: 'one' },
      { kind: 'conv1d', from: 'input', filters: 3, kernel: 3, padding: 'same', activation: 'relu', name: 'two' },
      { kind: 'concatenate', from: ['two', 'one', 'input'] },
    ]),
  },
  { item: 'gru', variant: 'the last state, 5 units', model: sequence([convolution, { kind: 'gru', units: 5 }], [6, 2], true) },
  {
    item: 'gru',
    variant: 'every state, 4 units',
    model: sequence(
      [
        { kind: 'gru', units: 4, sequences: true },
        { kind: 'gru', units: 1 },
      ],
      [5, 3],
      true,
    ),
  },
  { item: 'gru', variant: 'one step, 7 units', model: sequence([convolution, { kind: 'gru', units: 7, sequences: true }], [1, 3]) },
  {
    item: 'gru',
    variant: 'masked, the last state',
    model: sequence([masking, learned(3), { kind: 'gru', units: 6, mask: 'counts' }], [6, 2], true),
  },
  {
    item: 'gru',
    variant: 'masked, every state',
    model: sequence([masking, learned(2), { kind: 'gru', units: 5, sequences: true, mask: 'counts' }], [6, 2]),
  },
  {
    item: 'positionalEmbedding',
    variant: 'of a sequence',
    model: sequence([convolution, { kind: 'positionalEmbedding' }, { kind: 'dense', units: 2, activation: 'tanh' }]),
  },
  { item: 'multiHeadAttention', variant: '2 heads of 2', model: sequence([convolution, { kind: 'multiHeadAttention', heads: 2 }], [5, 3]) },
  {
    item: 'multiHeadAttention',
    variant: '3 heads of 5, masked',
    model: sequence([masking, learned(15), { kind: 'multiHeadAttention', heads: 3, mask: 'counts' }], [6, 2]),
  },
  {
    item: 'multiHeadAttention',
    variant: '1 head, causal',
    model: sequence([learned(3), { kind: 'multiHeadAttention', heads: 1, causal: true }], [9, 2]),
  },
  {
    item: 'multiHeadAttention',
    variant: '2 heads, causal and masked, of 17 places',
    model: sequence(
      [
        masking,
        learned(6),
        { kind: 'multiHeadAttention', heads: 2, causal: true, mask: 'counts' },
        { kind: 'globalAveragePool', mask: 'counts' },
      ],
      [17, 2],
      true,
    ),
  },
  { item: 'dense', variant: 'of each place', model: sequence([convolution, { kind: 'dense', units: 5, activation: 'gelu' }]) },
];
