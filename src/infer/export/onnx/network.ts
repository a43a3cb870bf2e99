/** A network as ONNX nodes, layer by layer, with its weights as constants. */
import { graphOf, networkInput } from '../../../compute/plan/graph.js';
import { type Parameter, parametersOf } from '../../../compute/plan/parameters.js';
import { inputShape } from '../../../compute/plan/shapes.js';
import type { LayerSpec } from '../../../spec/layer.js';
import type { ModelSpec } from '../../../spec/model.js';
import { permuted } from '../permute.js';
import { layerNotExportable } from '../subject.js';
import type { OnnxGraph, Value } from './graph.js';
import { onnxLayer } from './layers/table.js';
import { floats, integers, type Tensor } from './tensor.js';

export interface NetworkNodes {
  /** Logits or values: [N, outputs]. */
  output: Value;
  /** The constant of each parameter, in the plan's order. */
  parameters: Value[];
}

/**
 * @param input [N, inputs], or [N, …shape] where `isShaped`
 * @throws InputError `layer-not-exportable`, naming the layer
 */
export function networkNodes(graph: OnnxGraph, model: ModelSpec, weights: Float32Array, input: Value, isShaped: boolean): NetworkNodes {
  const constants = new Map(
    parametersOf(model).map((parameter): [string, Value] => {
      const values = weights.subarray(parameter.offset, parameter.offset + parameter.size);
      return [
        parameter.name,
        graph.constant(parameter.name, parameterTensor(model.layers[parameter.layer], parameter.layer, parameter, values)),
      ];
    }),
  );
  const first = inputShape(model);
  const given = first.length === 1 || isShaped ? input : reshaped(graph, input, first);
  const values: Value[] = [];
  const valueAt = (node: number): Value => (node === networkInput ? given : values[node]);
  for (const { layer, index, inputs, inputShapes, outputShape, mask } of graphOf(model)) {
    const value = nodesOf(layer, index).nodes(layer, {
      graph,
      input: valueAt(inputs[0]),
      inputs: inputs.map(valueAt),
      inputShape: inputShapes[0],
      outputShape,
      mask: mask === undefined ? undefined : valueAt(mask),
      parameter: (role) => constants.get(`${index}.${role}`) as Value,
    });
    values.push(value);
  }
  return { output: values[values.length - 1], parameters: [...constants.values()] };
}

const reshaped = (graph: OnnxGraph, value: Value, shape: readonly number[]): Value =>
  graph.node('Reshape', [value, graph.constant('shape', integers([-1, ...shape]))]);

function nodesOf(layer: LayerSpec, index: number) {
  const known = onnxLayer(layer.kind);
  if (known) return known;
  throw layerNotExportable('ONNX', layer.kind, index);
}

function parameterTensor(layer: LayerSpec, index: number, { role, shape }: Parameter, values: Float32Array): Tensor {
  const own = nodesOf(layer, index).orders?.[role];
  if (!own) return floats(values, shape);
  return floats(permuted(values, shape, own.order), own.dims?.(shape) ?? own.order.map((axis) => shape[axis]));
}
