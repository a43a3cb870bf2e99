/** The fitted pipeline as ONNX nodes: an input for each column, and what the network is given. */
import { widthOf } from '../../../data/steps/apply.js';
import type { FittedStep } from '../../../spec/fitted-steps.js';
import type { FittedPipeline } from '../../../spec/pipeline.js';
import type { OnnxGraph, Value } from './graph.js';
import { concatenated, type OnnxStep } from './step.js';
import { onnxStep } from './steps/table.js';

export interface Preprocessed {
  /** [N, inputs], or the picture as it lies: [N, height, width, channels]. */
  value: Value;
  isPicture: boolean;
  /** Steps that ONNX has no words for: what they give is an input of the graph instead of their column. */
  outside: FittedStep[];
}

export function preprocessingNodes(graph: OnnxGraph, { steps }: FittedPipeline): Preprocessed {
  const outside: FittedStep[] = [];
  const values = runs(steps).flatMap((run): Value[] => {
    const known = onnxStep(run[0].kind);
    // A run has steps of one kind.
    if (known) return (known as OnnxStep<FittedStep['kind']>)(run as never, graph);
    outside.push(...run);
    return run.map((step) => graph.input(step.column, 'float', ['N', widthOf(step)]));
  });
  return { value: concatenated(graph, values), isPicture: steps.some(({ kind }) => kind === 'picture'), outside };
}

/** Neighbouring steps of one kind. */
function runs(steps: readonly FittedStep[]): FittedStep[][] {
  const found: FittedStep[][] = [];
  for (const step of steps) {
    const last = found.at(-1);
    if (last?.[0].kind === step.kind) last.push(step);
    else found.push([step]);
  }
  return found;
}
