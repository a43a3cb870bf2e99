/** Which step a column gets, as it was asked for or by its type, and why. Nothing of the data is looked at but its schema. */
import { InputError } from '../../base/errors.js';
import type { Field } from '../../spec/field.js';
import { isCategorical, isNumeric } from '../../spec/field-type.js';
import type { IgnoredColumn } from '../../spec/pipeline.js';
import type { ColumnStep, PipelineSpec } from '../../spec/pipeline-spec.js';

export interface PlannedStep {
  field: Field;
  step: Exclude<ColumnStep, { as: 'leave-out' }>;
  /** True where nobody asked for it. */
  automatic: boolean;
  why: string;
}

export interface StepPlan {
  steps: PlannedStep[];
  ignored: IgnoredColumn[];
}

export interface PlanRequest {
  fields: readonly Field[];
  target: string;
  spec: PipelineSpec;
  /** Columns not to learn from. */
  ignore: readonly string[];
}

/** @throws InputError `step-misfit` */
export function planSteps({ fields, target, spec, ignore }: PlanRequest): StepPlan {
  const asked = new Map((spec.columns ?? []).map(({ column, step }) => [column, step]));
  const byType = new Map((spec.types ?? []).map(({ type, step }) => [type, step]));
  const selected = spec.select && new Set(spec.select);
  const candidates = fields.filter(({ name }) => name !== target);
  const pictured = candidates.find(
    ({ type, name }) =>
      type === 'picture' && !ignore.includes(name) && (selected?.has(name) ?? true) && asked.get(name)?.as !== 'leave-out',
  );
  const plan: StepPlan = { steps: [], ignored: [] };
  for (const field of candidates) {
    const { name, type } = field;
    const wanted = asked.get(name) ?? byType.get(type);
    const reason = ignoreReason(name);
    const step = wanted ?? automaticStep(field);
    if (reason !== undefined) plan.ignored.push({ column: name, reason });
    else if (typeof step === 'string') plan.ignored.push({ column: name, reason: step });
    else if (step.as === 'leave-out') plan.ignored.push({ column: name, reason: 'You left it out.' });
    else plan.steps.push({ field, step: fitting(step, field), automatic: wanted === undefined, why: whyOf(field, asked, wanted) });
  }
  return plan;

  function ignoreReason(name: string): string | undefined {
    if (ignore.includes(name)) return 'You left it out.';
    if (selected && !selected.has(name)) return 'You did not select it.';
    return pictured && pictured.name !== name ? `The model learns from "${pictured.name}" alone.` : undefined;
  }
}

function whyOf({ type, name }: Field, asked: ReadonlyMap<string, ColumnStep>, wanted: ColumnStep | undefined): string {
  if (asked.has(name)) return 'You chose it.';
  if (wanted) return `You chose it for columns of the type ${type}.`;
  if (type === 'picture') return 'Pixels are brought to mean 0 and deviation 1.';
  if (type === 'datetime') return 'A date is time that passes: standardised, as numbers are.';
  if (isNumeric(type)) return 'Missing numbers become the median; all are standardised, long tails compressed first.';
  return 'Each value that enough training rows have gets an input of its own; all others share one.';
}

/** The step of a type, or the reason why there is none. */
function automaticStep({ type }: Field): ColumnStep | string {
  if (type === 'picture') return { as: 'picture' };
  if (isNumeric(type)) return { as: 'number' };
  if (isCategorical(type)) return { as: 'one-hot' };
  return type === 'identifier' ? 'It names rows and says nothing about them.' : 'It is free text, which these models cannot read.';
}

/** @throws InputError `step-misfit` where a step cannot read a column of this type */
function fitting(step: PlannedStep['step'], { name, type }: Field): PlannedStep['step'] {
  const isPicture = type === 'picture';
  const needsNumbers = step.as === 'number' || step.as === 'date';
  if (isPicture === (step.as === 'picture') && (!needsNumbers || isNumeric(type))) return step;
  throw new InputError('step-misfit', `The step "${step.as}" cannot read column "${name}", which is of the type ${type}.`, {
    advice: isPicture
      ? 'Use the step "picture".'
      : `Use "one-hot", "ordinal", "hashing" or "target"${isNumeric(type) ? ', "number" or "date"' : ''}.`,
    place: { column: name, field: 'pipeline.columns' },
  });
}
