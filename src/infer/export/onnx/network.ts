/** A network as ONNX nodes, layer by layer, with its weights as constants. */
import { type Parameter, parametersOf } from '../../../compute/plan/parameters.js';
import { shapesOf } from '../../../compute/plan/shapes.js';
import type { LayerSpec, ModelSpec } from '../../../spec/model.js';
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
  const shapes = shapesOf(model);
  const constants = new Map(
    parametersOf(model).map((parameter): [string, Value] => {
      const index = Number.parseInt(parameter.name, 10);
      const values = weights.subarray(parameter.offset, parameter.offset + parameter.size);
      return [parameter.name, graph.constant(parameter.name, parameterTensor(model.layers[index], index, parameter, values))];
    }),
  );
  const [first] = shapes;
  let value = first.length === 1 || isShaped ? input : reshaped(graph, input, first);
  model.layers.forEach((layer, index) => {
    value = nodesOf(layer, index).nodes(layer, {
      graph,
      input: value,
      inputShape: shapes[index],
      outputShape: shapes[index + 1],
      parameter: (role) => constants.get(`${index}.${role}`) as Value,
    });
  });
  return { output: value, parameters: [...constants.values()] };
}

const reshaped = (graph: OnnxGraph, value: Value, shape: readonly number[]): Value =>
  graph.node('Reshape', [value, graph.constant('shape', integers([-1, ...shape]))]);

function nodesOf(layer: LayerSpec, index: number) {
  const known = onnxLayer(layer.kind);
  if (known) return known;
  throw layerNotExportable('ONNX', layer.kind, index);
}

function parameterTensor(layer: LayerSpec, index: number, { role, shape }: Parameter, values: Float32Array): Tensor {
  const { weightsOrder, weightsDims } = nodesOf(layer, index);
  if (role !== 'weights' || !weightsOrder) return floats(values, shape);
  return floats(permuted(values, shape, weightsOrder), weightsDims?.(shape) ?? weightsOrder.map((axis) => shape[axis]));
}
