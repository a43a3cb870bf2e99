/** What the graph answers: the class and the probabilities of all, or the value in the target's own unit, of a forecast one for each row to come. */
import { InputError } from '../../../base/errors.js';
import type { Loss } from '../../../spec/model.js';
import type { FittedTarget } from '../../../spec/pipeline.js';
import type { OnnxGraph, Value } from './graph.js';
import { doubles, texts } from './tensor.js';

/** Larger logarithms cannot be undone to a finite number: as the pipeline has it. */
const largestLogarithm = 700;

/** Declares the graph's outputs. @param output logits or scaled values: [N, outputs] */
export function answerNodes(graph: OnnxGraph, target: FittedTarget, loss: Loss, output: Value): void {
  if (target.kind === 'classes') classNodes(graph, target.classes, loss, output);
  else if (target.kind === 'value') valueNodes(graph, target, output, 1);
  else if (target.kind === 'series') valueNodes(graph, target, output, target.horizon);
  else {
    throw new InputError(
      'target-not-exportable',
      `A target of the kind "${(target as { kind: string }).kind}" cannot be written as ONNX.`,
      {
        advice: 'Export it as safetensors, which holds any model.',
      },
    );
  }
}

function classNodes(graph: OnnxGraph, classes: readonly string[], loss: Loss, logits: Value): void {
  const probabilities =
    loss === 'softmaxCrossEntropy' ? graph.node('Softmax', [logits], [['axis', { int: -1 }]]) : graph.node('Sigmoid', [logits]);
  // Of equal ones the first, as everywhere.
  const best = graph.node(
    'ArgMax',
    [probabilities],
    [
      ['axis', { int: 1 }],
      ['keepdims', { int: 1 }],
    ],
  );
  graph.output('label', graph.node('Gather', [graph.constant('classes', texts(classes)), best], [['axis', { int: 0 }]]), 'string', [
    'N',
    1,
  ]);
  graph.output('probabilities', probabilities, 'float', ['N', classes.length]);
}

/** In double precision, so that a price of millions keeps its cents. */
function valueNodes(
  graph: OnnxGraph,
  { transform, mean, deviation }: Extract<FittedTarget, { kind: 'value' | 'series' }>,
  output: Value,
  width: number,
): void {
  const scalar = (hint: string, value: number): Value => graph.constant(hint, doubles([value], []));
  const scaled = graph.node('Mul', [graph.cast(output, 'double'), scalar('deviation', deviation)]);
  const value = graph.node('Add', [scaled, scalar('mean', mean)]);
  graph.output('prediction', transform === 'none' ? value : undone(graph, value, scalar), 'double', ['N', width]);
}

/** sign(v) · (exp(|v|) − 1) */
function undone(graph: OnnxGraph, value: Value, scalar: (hint: string, value: number) => Value): Value {
  const bounded = graph.node('Min', [graph.node('Abs', [value]), scalar('most', largestLogarithm)]);
  return graph.node('Mul', [graph.node('Sign', [value]), graph.node('Sub', [graph.node('Exp', [bounded]), scalar('one', 1)])]);
}
