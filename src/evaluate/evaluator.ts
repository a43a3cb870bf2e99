/** Evaluation of a saved model on rows that carry the true target. */
import type { Source } from '../data/source.js';
import type { EvaluationReport } from '../spec/report.js';

export interface Evaluator {
  /** `group` adds figures by that column's values and the fairness figures between them. */
  evaluate(model: string, source: Source, options?: { group?: string }, signal?: AbortSignal): Promise<EvaluationReport>;
}
