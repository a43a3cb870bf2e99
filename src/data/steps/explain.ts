/** What a fitted pipeline learns from, column by column, with the reason for each step. */
import type { FittedStep } from '../../spec/fitted-steps.js';
import type { FittedPipeline } from '../../spec/pipeline.js';
import { widthOf } from './apply.js';
import { type PlanRequest, planSteps } from './plan.js';

export interface ExplainedStep {
  column: string;
  step: FittedStep['kind'];
  inputs: number;
  reason: string;
}

/** @param request as the pipeline was planned by; columns that are not among its fields have no reason of their own */
export function explainSteps({ steps }: Pick<FittedPipeline, 'steps'>, request: PlanRequest): ExplainedStep[] {
  const why = new Map(planSteps(request).steps.map(({ field, why }) => [field.name, why]));
  return steps.map((step) => ({ column: step.column, step: step.kind, inputs: widthOf(step), reason: why.get(step.column) ?? '' }));
}
