/** What a function of the expression language is: what it takes, what it gives, and how it is computed for all rows at once. */
import type { ValueType, Vector } from './vector.js';

export interface FunctionDefinition {
  /** Types of the arguments; the last one repeats where `repeats` says so. `any` is every type. */
  takes: readonly (ValueType | 'any')[];
  /** Arguments that may be left out at the end. */
  optional?: number;
  repeats?: boolean;
  /** `same`: all `any` arguments have one type, and that is the result's. */
  gives: ValueType | 'same';
  /** In words, for the help beside the field. */
  says: string;
  compute(given: readonly Vector[], rows: number): Vector;
}
