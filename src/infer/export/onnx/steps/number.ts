/** Numbers: filled, compressed, scaled and bounded in double precision; many columns at once, since each node costs a call. */
import { largestInput } from '../../../../data/steps/number.js';
import type { OnnxGraph, Value } from '../graph.js';
import { concatenated, numberInput, type OnnxStep, withinBounds } from '../step.js';
import { doubles, integers, type Tensor } from '../tensor.js';

export const number: OnnxStep<'number'> = (steps, graph) => {
  const row = (values: number[]): Tensor => doubles(values, [1, values.length]);
  const given = concatenated(
    graph,
    steps.map(({ column }) => numberInput(graph, column)),
  );
  const missing = graph.node('IsNaN', [given]);
  const filled = graph.node('Where', [missing, graph.constant('fill', row(steps.map(({ fill }) => fill))), given]);
  const transformed = compressed(
    graph,
    filled,
    steps.map(({ transform }) => transform === 'signed-log'),
  );
  const centred = graph.node('Sub', [transformed, graph.constant('centre', row(steps.map(({ centre }) => centre)))]);
  const scaled = graph.node('Div', [centred, graph.constant('scale', row(steps.map(({ scale }) => scale)))]);
  const values = graph.cast(withinBounds(graph, scaled, largestInput), 'float');
  if (!steps.some(({ indicator }) => indicator)) return [values];
  return [withIndicators(graph, values, graph.cast(missing, 'float'), steps)];
};

/** sign(v) · log(1 + |v|) of some columns. */
function compressed(graph: OnnxGraph, value: Value, chosen: readonly boolean[]): Value {
  if (!chosen.includes(true)) return value;
  const magnitude = graph.node('Add', [graph.node('Abs', [value]), graph.constant('one', doubles([1], []))]);
  const logarithms = graph.node('Mul', [graph.node('Sign', [value]), graph.node('Log', [magnitude])]);
  if (!chosen.includes(false)) return logarithms;
  const ones = graph.constant('compressed', integers(chosen.map(Number), [1, chosen.length]));
  return graph.node('Where', [graph.cast(ones, 'bool'), logarithms, value]);
}

/** Behind the value of a column that has one, "was missing". */
function withIndicators(graph: OnnxGraph, values: Value, missing: Value, steps: readonly { indicator: boolean }[]): Value {
  const order = steps.flatMap(({ indicator }, index) => (indicator ? [index, steps.length + index] : [index]));
  const both = graph.node('Concat', [values, missing], [['axis', { int: 1 }]]);
  return graph.node('Gather', [both, graph.constant('order', integers(order))], [['axis', { int: 1 }]]);
}
