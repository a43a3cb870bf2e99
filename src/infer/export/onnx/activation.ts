/** Activations as ONNX nodes. */
import type { Activation } from '../../../spec/layer.js';
import type { OnnxGraph, Value } from './graph.js';
import { floats } from './tensor.js';

/** As our engines compute it. */
const leakySlope = 0.01;

export function activated(graph: OnnxGraph, activation: Activation, value: Value): Value {
  switch (activation) {
    case 'linear':
      return value;
    case 'relu':
      return graph.node('Relu', [value]);
    case 'tanh':
      return graph.node('Tanh', [value]);
    case 'sigmoid':
      return graph.node('Sigmoid', [value]);
    case 'silu':
      return graph.node('Mul', [value, graph.node('Sigmoid', [value])]);
    case 'elu':
      return graph.node('Elu', [value], [['alpha', { float: 1 }]]);
    case 'leakyRelu':
      return graph.node('LeakyRelu', [value], [['alpha', { float: leakySlope }]]);
    case 'gelu':
      return gelu(graph, value);
  }
}

/** x · (1 + erf(x / √2)) / 2: ONNX has an operator of its own only from opset 20 on. */
function gelu(graph: OnnxGraph, value: Value): Value {
  const scalar = (hint: string, number: number): Value => graph.constant(hint, floats([number], []));
  const error = graph.node('Erf', [graph.node('Mul', [value, scalar('root_half', Math.SQRT1_2)])]);
  const doubled = graph.node('Mul', [value, graph.node('Add', [error, scalar('one', 1)])]);
  return graph.node('Mul', [doubled, scalar('half', 0.5)]);
}
