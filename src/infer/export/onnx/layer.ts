/** What a kind of layer is in ONNX: a file in `layers/` says it, and `layers/table.ts` lists them. */
import type { ParameterRole } from '../../../compute/plan/parameters.js';
import type { Shape } from '../../../compute/plan/shapes.js';
import type { LayerOf, LayerSpec } from '../../../spec/layer.js';
import type { OnnxGraph, Value } from './graph.js';

export interface LayerNodes {
  graph: OnnxGraph;
  /** [N, …inputShape], channels last, as everywhere in Benchwright. */
  input: Value;
  /** Of layers that read several: all of them. */
  inputs: readonly Value[];
  /** [N, places]: 1 for each place that counts, 0 for the others. */
  mask: Value | undefined;
  /** Of one example. */
  inputShape: Shape;
  outputShape: Shape;
  /** The constant that holds a parameter, in the order of `orders`. */
  parameter(role: ParameterRole): Value;
}

export interface AxisOrder {
  /** The axis of ours that stands at each place. */
  order: readonly number[];
  /** The shape there, where it is not the reordered one. */
  dims?(shape: Shape): number[];
}

export interface OnnxLayer<Kind extends LayerSpec['kind']> {
  /** Parameters whose axes ONNX wants in another order. */
  orders?: Partial<Record<ParameterRole, AxisOrder>>;
  /** Adds the nodes and answers what they give: [N, …outputShape], channels last. */
  nodes(layer: LayerOf<Kind>, context: LayerNodes): Value;
}

/** Orders of axes between [N, height, width, channels] and what ONNX convolves and pools: [N, channels, height, width]. */
export const toChannelsFirst = [0, 3, 1, 2] as const;
export const toChannelsLast = [0, 2, 3, 1] as const;
