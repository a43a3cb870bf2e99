/** What a kind of layer is in ONNX: a file in `layers/` says it, and `layers/table.ts` lists them. */
import type { ParameterRole } from '../../../compute/plan/parameters.js';
import type { Shape } from '../../../compute/plan/shapes.js';
import type { LayerOf, LayerSpec } from '../../../spec/model.js';
import type { OnnxGraph, Value } from './graph.js';

export interface LayerNodes {
  graph: OnnxGraph;
  /** [N, …inputShape], channels last, as everywhere in Benchwright. */
  input: Value;
  /** Of one example. */
  inputShape: Shape;
  outputShape: Shape;
  /** The constant that holds a parameter, its weights in `weightsOrder`. */
  parameter(role: ParameterRole): Value;
}

export interface OnnxLayer<Kind extends LayerSpec['kind']> {
  /** The order of our weights' axes that ONNX wants, where it is another. */
  weightsOrder?: readonly number[];
  /** Their shape there, where it is not the reordered one. */
  weightsDims?(shape: Shape): number[];
  /** Adds the nodes and answers what they give: [N, …outputShape], channels last. */
  nodes(layer: LayerOf<Kind>, context: LayerNodes): Value;
}

/** Orders of axes between [N, height, width, channels] and what ONNX convolves and pools: [N, channels, height, width]. */
export const toChannelsFirst = [0, 3, 1, 2] as const;
export const toChannelsLast = [0, 2, 3, 1] as const;
