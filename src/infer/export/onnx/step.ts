/** What a kind of pipeline step is in ONNX: a file in `steps/` says it, and `steps/table.ts` lists them. */
import type { FittedStep } from '../../../spec/fitted-steps.js';
import type { OnnxGraph, Value } from './graph.js';
import { doubles } from './tensor.js';

export type StepOf<Kind extends FittedStep['kind']> = Extract<FittedStep, { kind: Kind }>;

/** Adds the nodes of neighbouring steps of one kind, and answers what they give, side by side: [N, width] each, in single precision. */
export type OnnxStep<Kind extends FittedStep['kind']> = (steps: readonly StepOf<Kind>[], graph: OnnxGraph) => Value[];

/**
 * The input of a column. Numbers and dates are in double precision, as a table has them: in single precision a day of this year is known to two
 * minutes. NaN is missing; of texts '' is.
 */
export const numberInput = (graph: OnnxGraph, column: string): Value => graph.input(column, 'double', ['N', 1]);
export const textInput = (graph: OnnxGraph, column: string): Value => graph.input(column, 'string', ['N', 1]);

export const concatenated = (graph: OnnxGraph, values: readonly Value[], axis = 1): Value =>
  values.length === 1 ? values[0] : graph.node('Concat', values, [['axis', { int: axis }]]);

/** Kept within ±most, in double precision. */
export const withinBounds = (graph: OnnxGraph, value: Value, most: number): Value => {
  const [least, greatest] = [graph.constant('least', doubles([-most], [])), graph.constant('greatest', doubles([most], []))];
  return graph.node('Clip', [value, least, greatest]);
};
