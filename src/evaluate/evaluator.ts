/** Evaluation of a saved model on rows that carry the true target. */
import type { Source } from '../data/source.js';
import type { EvaluationReport } from '../spec/report.js';

export interface Evaluator {
  /** @throws InputError naming the file, the column or the class */
  evaluate(model: string, source: Source, options?: EvaluateOptions, signal?: AbortSignal): Promise<EvaluationReport>;
}

export interface EvaluateOptions {
  /** Adds figures by this column's values and the fairness figures between them. */
  group?: string;
  /** The class that fairness is about. Default: the second of two; with more classes there are no fairness figures without it. */
  positiveClass?: string;
}
