/** What the graph answers: the class, the labels or the value, of a forecast one for each row to come, or how odd a row is. */
import { InputError } from '../../../base/errors.js';
import type { Loss } from '../../../spec/model.js';
import type { FittedPipeline, FittedTarget } from '../../../spec/pipeline.js';
import { labelThreshold } from '../../../stats/multilabel.js';
import { scoreWeights } from '../../reconstruction.js';
import type { OnnxGraph, Value } from './graph.js';
import { doubles, floats, texts } from './tensor.js';

/** Larger logarithms cannot be undone to a finite number: as the pipeline has it. */
const largestLogarithm = 700;

export interface AnswerRequest {
  pipeline: FittedPipeline;
  loss: Loss;
  /** Logits or values: [N, outputs]. */
  output: Value;
  /** What the network was given, [N, inputs]: of anomalies it is what should come out again. */
  input: Value;
}

/** Declares the graph's outputs. @throws InputError `target-not-exportable` */
export function answerNodes(graph: OnnxGraph, { pipeline, loss, output, input }: AnswerRequest): void {
  const { target } = pipeline;
  if (target.kind === 'classes') classNodes(graph, target.classes, loss, output);
  else if (target.kind === 'value') valueNodes(graph, target, output, 1);
  else if (target.kind === 'series') valueNodes(graph, target, output, target.horizon);
  else if (target.kind === 'labels') labelNodes(graph, target.labels.length, output);
  else if (target.kind === 'anomaly') anomalyNodes(graph, target, { output, input, weights: scoreWeights(pipeline.steps, target.usual) });
  else {
    const { kind } = target as { kind: string };
    throw new InputError('target-not-exportable', `A target of the kind "${kind}" cannot be written as ONNX.`, {
      advice: 'Export it as safetensors, which holds any model.',
    });
  }
}

/** Of each label 1 where it is there, and its probability. */
function labelNodes(graph: OnnxGraph, labels: number, logits: Value): void {
  const probabilities = graph.node('Sigmoid', [logits]);
  const there = graph.node('GreaterOrEqual', [probabilities, graph.constant('threshold', floats(Float32Array.of(labelThreshold), []))]);
  graph.output('labels', graph.cast(there, 'int64'), 'int64', ['N', labels]);
  graph.output('probabilities', probabilities, 'float', ['N', labels]);
}

/** The mean squared error, by what is usual of each column where that is known, and whether it is above the threshold. */
function anomalyNodes(
  graph: OnnxGraph,
  { threshold = Number.POSITIVE_INFINITY }: Extract<FittedTarget, { kind: 'anomaly' }>,
  { output, input, weights }: { output: Value; input: Value; weights: readonly number[] },
): void {
  const error = graph.node('Sub', [output, input]);
  const squares = graph.node('Mul', [error, error]);
  const score = graph.node(
    'ReduceMean',
    [graph.node('Mul', [squares, graph.constant('weights', floats(weights))])],
    [
      ['axes', { ints: [1] }],
      ['keepdims', { int: 1 }],
    ],
  );
  const isOdd = graph.node('Greater', [score, graph.constant('threshold', floats(Float32Array.of(threshold), []))]);
  const names = graph.constant('names', texts(['normal', 'anomaly']));
  graph.output('prediction', graph.node('Gather', [names, graph.cast(isOdd, 'int64')], [['axis', { int: 0 }]]), 'string', ['N', 1]);
  graph.output('score', score, 'float', ['N', 1]);
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
