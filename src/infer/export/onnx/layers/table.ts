/** Every kind of layer that ONNX files have words for. To add one: a file beside this one, and its line here. */
import type { LayerSpec } from '../../../../spec/layer.js';
import type { OnnxLayer } from '../layer.js';
import { multiHeadAttention } from './attention.js';
import { add, concatenate, slice } from './branches.js';
import { conv2d, depthwiseConv2d } from './convolution.js';
import { dense } from './dense.js';
import { batchNormalization, layerNormalization } from './normalization.js';
import { averagePool2d, globalAveragePool, globalMaxPool, maxPool2d } from './pooling.js';
import { averagePool1d, conv1d, gru, mask, maxPool1d, positionalEmbedding } from './sequence.js';
import { activation, dropout, embedding, flatten, reshape } from './simple.js';

type Table = { readonly [Kind in LayerSpec['kind']]?: OnnxLayer<Kind> };

const table: Table = {
  activation,
  add,
  averagePool1d,
  averagePool2d,
  batchNormalization,
  concatenate,
  conv1d,
  conv2d,
  dense,
  depthwiseConv2d,
  dropout,
  embedding,
  flatten,
  globalAveragePool,
  globalMaxPool,
  gru,
  layerNormalization,
  mask,
  maxPool1d,
  maxPool2d,
  multiHeadAttention,
  positionalEmbedding,
  reshape,
  slice,
};

/** Undefined where ONNX files have no words for it. */
export const onnxLayer = <Kind extends LayerSpec['kind']>(kind: Kind): OnnxLayer<Kind> | undefined =>
  Object.hasOwn(table, kind) ? (table[kind] as unknown as OnnxLayer<Kind>) : undefined;
