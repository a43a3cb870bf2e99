/** multiHeadAttention: two products of each place by itself, with the heads between them. */
import type { OnnxGraph, Value } from '../graph.js';
import type { OnnxLayer } from '../layer.js';
import { floats, integers } from '../tensor.js';

/** What a place that does not count has for a score: less than any, and finite. */
const lowest = -1e30;

export const multiHeadAttention: OnnxLayer<'multiHeadAttention'> = {
  nodes({ heads, causal }, { graph, input, inputShape: [length, channels], mask, parameter }) {
    const size = channels / heads;
    const shaped = (value: Value, shape: number[]): Value => graph.node('Reshape', [value, graph.constant('shape', integers(shape))]);
    const product = (value: Value, weights: Value, bias: Value): Value => graph.node('Add', [graph.node('MatMul', [value, weights]), bias]);
    const joined = product(input, parameter('weights'), parameter('bias'));
    // [3, N, heads, length, size]
    const parted = graph.transpose(shaped(joined, [-1, length, 3, heads, size]), [2, 0, 3, 1, 4]);
    const [queries, keys, values] = [0, 1, 2].map((which) =>
      graph.node('Gather', [parted, graph.constant('which', integers([which], []))], [['axis', { int: 0 }]]),
    );
    const products = graph.node('MatMul', [queries, graph.transpose(keys, [0, 1, 3, 2])]);
    const scores = graph.node('Div', [products, graph.constant('root', floats([Math.sqrt(size)], []))]);
    const shares = sharesOf(graph, scores, allowed(graph, mask, causal ?? false, length));
    const mixed = graph.transpose(graph.node('MatMul', [shares, values]), [0, 2, 1, 3]);
    return product(shaped(mixed, [-1, length, channels]), parameter('outputWeights'), parameter('outputBias'));
  },
};

/** [N or 1, 1, length or 1, length]: 1 where a place may be looked at from another; undefined where all may. */
function allowed(graph: OnnxGraph, mask: Value | undefined, causal: boolean, length: number): Value | undefined {
  const parts: Value[] = [];
  if (mask) parts.push(graph.node('Reshape', [mask, graph.constant('shape', integers([-1, 1, 1, length]))]));
  if (causal) {
    const before = Array.from({ length: length * length }, (_, place) => (place % length <= Math.floor(place / length) ? 1 : 0));
    parts.push(graph.constant('before', floats(before, [1, 1, length, length])));
  }
  return parts.length < 2 ? parts[0] : graph.node('Mul', parts);
}

/** Softmax over the places that count; zero where none does. */
function sharesOf(graph: OnnxGraph, scores: Value, counted: Value | undefined): Value {
  const softmax = (value: Value): Value => graph.node('Softmax', [value], [['axis', { int: -1 }]]);
  if (!counted) return softmax(scores);
  const masked = graph.node('Where', [graph.cast(counted, 'bool'), scores, graph.constant('lowest', floats([lowest], []))]);
  return graph.node('Mul', [softmax(masked), counted]);
}
