/** Which step a column gets, as it was asked for or by its type, and why. Nothing of the data is looked at but its schema. */
import { InputError } from '../../base/errors.js';
import type { Field } from '../../spec/field.js';
import { isCategorical, isNumeric } from '../../spec/field-type.js';
import type { IgnoredColumn } from '../../spec/pipeline.js';
import type { ColumnStep, PipelineSpec } from '../../spec/pipeline-spec.js';
import type { Task } from '../../spec/task.js';

/** Of all columns of text together, where nobody said how many. */
const mostTerms = 10_000;
/** Where there is nothing else to learn from, so many are kept at least: measured, docs/decisions/0035-texts.md. */
const fewestTerms = 4000;

/** Categories of more values are embedded where a preset embeds. */
const mostOneHot = 32;
/** Embeddings of one network: each takes layers, of which there may be 256. */
export const mostEmbeddings = 24;
/** What lies far out is what is looked for: nothing is compressed. */
const plainNumber: ColumnStep = { as: 'number', transform: 'none' };
const notGivenBack = 'Its words are too many to be reconstructed.';
const embedding: ColumnStep = { as: 'embedding' };
const tokenNumbers: ColumnStep = { as: 'tokens' };
/** Texts that a network reads word by word: each takes layers. Of the others the words are counted. */
export const mostTexts = 4;

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
  task?: Task | undefined;
  /** Whether categories of many values become embeddings where nothing else is asked for. Default: false. */
  embeds?: boolean | undefined;
  /** Whether texts become the numbers of their words where nothing else is asked for. Default: false. */
  tokens?: boolean | undefined;
}

/** @throws InputError `step-misfit` */
export function planSteps({ fields, target, spec, ignore, task, embeds = false, tokens = false }: PlanRequest): StepPlan {
  const isGivenBack = task === 'anomaly';
  const asked = new Map((spec.columns ?? []).map(({ column, step }) => [column, step]));
  const byType = new Map((spec.types ?? []).map(({ type, step }) => [type, step]));
  const selected = spec.select && new Set(spec.select);
  const candidates = fields.filter(({ name }) => name !== target);
  const pictured = candidates.find(
    ({ type, name }) =>
      type === 'picture' && !ignore.includes(name) && (selected?.has(name) ?? true) && asked.get(name)?.as !== 'leave-out',
  );
  const plan: StepPlan = { steps: [], ignored: [] };
  const words = automaticWords();
  const embedded = embeds && !isGivenBack ? embeddedColumns() : new Set<string>();
  const read = new Set(tokens ? automaticTexts().slice(0, mostTexts) : []);
  for (const field of candidates) {
    const { name } = field;
    const wanted = wantedOf(field);
    const reason = ignoreReason(name);
    const step = wanted ?? chosenFor(field);
    if (reason !== undefined) plan.ignored.push({ column: name, reason });
    else if (typeof step === 'string') plan.ignored.push({ column: name, reason: step });
    else if (step.as === 'leave-out') plan.ignored.push({ column: name, reason: 'You left it out.' });
    else
      plan.steps.push({
        field,
        step: isGivenBack ? givenBack(fitting(step, field), field) : fitting(step, field),
        automatic: wanted === undefined,
        why: wanted ? whyAsked(field) : whyAutomatic(field, step),
      });
  }
  return plan;

  function chosenFor(field: Field): ColumnStep | string {
    if (field.type === 'text') return isGivenBack ? notGivenBack : read.has(field.name) ? tokenNumbers : words;
    if (isGivenBack && isNumeric(field.type)) return plainNumber;
    return embedded.has(field.name) ? embedding : automaticStep(field);
  }

  function whyAsked({ name, type }: Field): string {
    return asked.has(name) ? 'You chose it.' : `You chose it for columns of the type ${type}.`;
  }

  /** Those with the most values; a network has room for so many. */
  function embeddedColumns(): Set<string> {
    const many = candidates.filter(
      ({ name, type, distinct }) =>
        isCategorical(type) && distinct > mostOneHot && ignoreReason(name) === undefined && !asked.has(name) && !byType.has(type),
    );
    const ranked = many.toSorted((a, b) => b.distinct - a.distinct).slice(0, mostEmbeddings);
    return new Set(ranked.map(({ name }) => name));
  }

  function wantedOf({ name, type }: Field): ColumnStep | undefined {
    return asked.get(name) ?? byType.get(type);
  }

  /** Columns of texts of which nothing is asked. */
  function automaticTexts(): string[] {
    return candidates.flatMap((field) =>
      field.type === 'text' && ignoreReason(field.name) === undefined && wantedOf(field) === undefined ? [field.name] : [],
    );
  }

  /** Texts share the terms that there may be; beside other columns only those that tell something are worth their noise. */
  function automaticWords(): ColumnStep {
    const learnt = candidates.filter(({ name }) => ignoreReason(name) === undefined);
    const texts = automaticTexts().length;
    const isInput = (field: Field): boolean => {
      const step = wantedOf(field) ?? (field.type === 'text' ? undefined : automaticStep(field));
      return step !== undefined && typeof step !== 'string' && step.as !== 'leave-out';
    };
    const share = (terms: number): number => Math.ceil(terms / Math.max(1, texts));
    return { as: 'words', most: share(mostTerms), associated: true, atLeast: learnt.some(isInput) ? 0 : share(fewestTerms) };
  }

  function ignoreReason(name: string): string | undefined {
    if (ignore.includes(name)) return 'You left it out.';
    if (selected && !selected.has(name)) return 'You did not select it.';
    return pictured && pictured.name !== name ? `The model learns from "${pictured.name}" alone.` : undefined;
  }
}

function whyAutomatic({ type }: Field, step: ColumnStep): string {
  if (step.as === 'embedding') return 'It has many values: the network learns a few numbers for each; new and missing ones share theirs.';
  if (step.as === 'tokens')
    return 'Its words are read in their order: the network learns a few numbers for each; rare and new ones share theirs.';
  if (type === 'picture') return 'Pixels are brought to mean 0 and deviation 1.';
  if (type === 'datetime') return 'A date is time that passes: standardised, as numbers are.';
  if (isNumeric(type)) return 'Missing numbers become the median; all are standardised, long tails compressed first.';
  if (step.as !== 'words') return 'Each value that enough training rows have gets an input of its own; all others share one.';
  return step.atLeast === 0
    ? 'Its words are weighed by how rare they are (TF-IDF). Beside other columns only those associated with the target are kept.'
    : 'Its words are what there is to learn from, weighed by how rare they are (TF-IDF); those associated with the target come first.';
}

/** The step of a type other than text, or the reason why there is none. */
function automaticStep({ type }: Field): ColumnStep | string {
  if (type === 'picture') return { as: 'picture' };
  if (isNumeric(type)) return { as: 'number' };
  if (isCategorical(type)) return { as: 'one-hot' };
  return 'It names rows and says nothing about them.';
}

/** @throws InputError `step-misfit` where what a step gives cannot be given back, or is learnt from the target */
function givenBack(step: PlannedStep['step'], { name }: Field): PlannedStep['step'] {
  if (!['embedding', 'target', 'words', 'hashed-words', 'tokens'].includes(step.as)) return step;
  throw new InputError(
    'step-misfit',
    `The step "${step.as}" of column "${name}" is not for anomalies: its inputs cannot be reconstructed.`,
    {
      advice: 'Use "number", "one-hot", "ordinal", "hashing" or "date", or leave the column out.',
      place: { column: name, field: 'pipeline.columns' },
    },
  );
}

/** @throws InputError `step-misfit` where a step cannot read a column of this type */
function fitting(step: PlannedStep['step'], { name, type }: Field): PlannedStep['step'] {
  const isPicture = type === 'picture';
  const needsNumbers = step.as === 'number' || step.as === 'date';
  if (isPicture === (step.as === 'picture') && (!needsNumbers || isNumeric(type))) return step;
  throw new InputError('step-misfit', `The step "${step.as}" cannot read column "${name}", which is of the type ${type}.`, {
    advice: isPicture
      ? 'Use the step "picture".'
      : `Use "one-hot", "embedding", "ordinal", "hashing" or "target"${isNumeric(type) ? ', "number" or "date"' : ''}.`,
    place: { column: name, field: 'pipeline.columns' },
  });
}
