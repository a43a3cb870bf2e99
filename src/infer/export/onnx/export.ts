/** A saved model as one ONNX file that takes raw columns: the pipeline, the network and the way back to classes or values. */
import type { FittedStep, FittedTokens } from '../../../spec/fitted-steps.js';
import type { FittedPipeline } from '../../../spec/pipeline.js';
import { type ExportedPort, type ModelExport, textFile } from '../exported.js';
import { packedKey, packedModel } from '../packed-model.js';
import type { ExportSubject } from '../subject.js';
import { answerNodes } from './answers.js';
import { OnnxGraph, type Port, type Value } from './graph.js';
import { networkNodes } from './network.js';
import { preprocessingNodes } from './preprocessing.js';
import { integers } from './tensor.js';

export const onnxFile = 'model.onnx';
export const preprocessingFile = 'preprocessing.json';

/** @throws InputError `layer-not-exportable` or `target-not-exportable` */
export function exportOnnx({ record, weights }: ExportSubject): ModelExport {
  const { pipeline, model } = record;
  const graph = new OnnxGraph(pipeline.steps.map(({ column }) => column));
  const { value, isPicture, outside } = preprocessingNodes(graph, pipeline);
  const { output, parameters } = networkNodes(graph, model, weights, value, isPicture);
  const input = isPicture ? flattened(graph, value, pipeline.inputs) : value;
  answerNodes(graph, { pipeline, loss: model.loss, output, input });
  const metadata = new Map([[packedKey, packedModel(record, parameters)]]);
  const bytes = graph.finish('benchwright', record.target === '' ? record.name : `${record.name}: predicts ${record.target}`, metadata);
  const cut = pipeline.steps.filter((step) => step.kind === 'tokens');
  const beside = outside.length > 0 || cut.length > 0 || pipeline.derived.length > 0 || pipeline.windows !== undefined;
  return {
    format: 'onnx',
    files: [{ path: onnxFile, bytes }, ...(beside ? [textFile(preprocessingFile, preprocessingText(pipeline, [...outside, ...cut]))] : [])],
    inputs: graph.inputs.map(portOf),
    outputs: graph.outputs.map(portOf),
    notes: notesOf(pipeline, outside, graph),
  };
}

const flattened = (graph: OnnxGraph, value: Value, inputs: number): Value =>
  graph.node('Reshape', [value, graph.constant('flat', integers([-1, inputs]))]);

const portOf = ({ name, type, dims }: Port): ExportedPort => ({ name, type, shape: dims.map((dim) => (dim === 'N' ? -1 : dim)) });

const preprocessingText = ({ windows, derived }: FittedPipeline, steps: readonly FittedStep[]): string =>
  `${JSON.stringify({ ...(windows ? { windows } : {}), derived, steps }, null, 2)}\n`;

const wordsNote = ({ column, length, tokeniser }: FittedTokens): string =>
  `ONNX cannot cut a text into words: the input "${column}" is its first ${length} words, small, as the tokeniser "${tokeniser}" gives them, and '' behind the last one. Their numbers are in the graph.`;

function notesOf({ steps, derived, windows, target }: FittedPipeline, outside: readonly FittedStep[], graph: OnnxGraph): string[] {
  const kinds = new Set(steps.map(({ kind }) => kind));
  const notes: string[] = [];
  if (kinds.has('picture'))
    notes.push('A picture is given as bytes from 0 to 255, [rows, height, width, channels], of the size that the model learnt from.');
  else
    notes.push(
      "A missing number is NaN, a missing text ''. A date is milliseconds since 1970. Texts are given as in training, without blanks around them.",
    );
  for (const { column, kind } of outside) {
    notes.push(
      `ONNX cannot say the step "${kind}": the input "${column}" is what it gives, and ${preprocessingFile} says how to compute that.`,
    );
  }
  for (const step of steps) {
    if (step.kind === 'tokens') notes.push(wordsNote(step));
  }
  for (const { name, expression } of derived) {
    if (graph.inputs.some((port) => port.name === name)) notes.push(`The input "${name}" is to be computed before: ${expression}.`);
  }
  if (target.kind === 'labels') notes.push(`"labels" and "probabilities" are in this order: ${target.labels.join(', ')}.`);
  if (windows) notes.push(`Values of earlier rows are inputs of their own; ${preprocessingFile} says which.`);
  if (windows && target.kind === 'series') {
    notes.push(
      `A row is an origin: its answers are ${target.horizon} rows to come, in the order of "${windows.time}", the next one first.`,
    );
  }
  if (graph.needsOnnxruntime) notes.push("Hashed categories use an operator of onnxruntime's own: other runtimes refuse the file.");
  return notes;
}
