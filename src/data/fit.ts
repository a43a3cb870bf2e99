/**
 * Fitting a pipeline: on the training rows only, whether the table is in memory as a whole or comes chunk by chunk. The result is data, and
 * part of the model. Which fields there are and of what type belongs to the schema; nothing else of a row outside `rows` is looked at.
 */
import { InputError } from '../base/errors.js';
import { finished } from '../base/in-turns.js';
import type { Field } from '../spec/field.js';
import type { FittedPicture, FittedStep } from '../spec/fitted-steps.js';
import type { FittedDerivation, FittedPipeline, IgnoredColumn } from '../spec/pipeline.js';
import type { PipelineSpec } from '../spec/pipeline-spec.js';
import type { Task } from '../spec/task.js';
import { columnNamed, listed, targetColumn } from './columns/access.js';
import { checkDerivations, withDerived } from './derive.js';
import { nearest } from './expression/nearest.js';
import { widthOf } from './steps/apply.js';
import { createStepFitter } from './steps/create.js';
import { type FitLimits, limitsFor, noLimits, type StepFitter } from './steps/fitter.js';
import { type PlannedStep, planSteps, type StepPlan } from './steps/plan.js';
import { inSequence } from './steps/sequence.js';
import type { Table } from './table.js';
import { targetFitter } from './targets/table.js';
import type { TargetFitter, TargetOptions } from './targets/target-kind.js';

export interface PipelineFitRequest {
  fields: readonly Field[];
  target: string;
  task: Task;
  /** What was asked of the target. */
  asked?: Omit<TargetOptions, 'limits'>;
  /** Columns not to learn from. */
  ignore?: readonly string[];
  /** What is asked for; left out, everything is decided by the columns' types. */
  pipeline?: PipelineSpec | undefined;
  /** Whether categories of many values become embeddings where nothing else is asked for. Default: false. */
  embeds?: boolean | undefined;
  /** Whether texts become the numbers of their words where nothing else is asked for. Default: false. */
  tokens?: boolean | undefined;
  /** Where pictures are read by a network that is there already: how it knows their channels. Default: fitted. */
  pictures?: Pick<FittedPicture, 'mean' | 'deviation'> | undefined;
  /** Of folds, where a step learns from the target. Default: 0. */
  seed?: number;
}

export interface FitRequest extends PipelineFitRequest {
  table: Table;
  /** The training rows. */
  rows: Uint32Array;
}

/**
 * Fits a pipeline chunk by chunk, in bounded memory: `add` each chunk in row order, then `finish`.
 * Its figures are those of `fitPipeline` while the chunks hold no more than `limitsFor` says, and within its bounds beyond.
 */
export class PipelineFitter {
  readonly #request: PipelineFitRequest;
  readonly #derived: FittedDerivation[];
  /** With those derived. */
  readonly #fields: Field[];
  readonly #plan: StepPlan;
  readonly #fitters: { planned: PlannedStep; fitter: StepFitter }[];
  readonly #target: TargetFitter;
  #rows = 0;

  /** @throws InputError `step-misfit`, `missing-column`, or as derivations do */
  constructor(request: PipelineFitRequest, limits: FitLimits = limitsFor(request.fields.length)) {
    const { fields, target, task, ignore = [], pipeline = {}, seed = 0, embeds, tokens, pictures } = request;
    this.#request = request;
    const { derived, fields: all } = checkDerivations(pipeline.derive ?? [], fields, target);
    this.#derived = derived;
    this.#fields = all;
    requireNamed(all, pipeline);
    this.#plan = planSteps({ fields: all, target, spec: pipeline, ignore, task, embeds, tokens });
    this.#fitters = this.#plan.steps.map((planned) => ({
      planned,
      fitter: createStepFitter(planned, { target, task, seed, limits, pictures }),
    }));
    this.#target = targetFitter(target, task, { ...request.asked, limits });
  }

  /**
   * @param raw the next rows of the table, with its columns' names
   * @param rows the training rows among them, by their place in the chunk, ascending
   * @throws InputError `missing-column` or `not-a-number`
   */
  add(raw: Table, rows: Uint32Array): void {
    finished(this.adding(raw, rows));
  }

  /** As `add`, by columns, and of texts by blocks: after each the caller may give the thread back. */
  *adding(raw: Table, rows: Uint32Array): Generator<void, void> {
    const chunk = withDerived(this.#derived, raw);
    const target = targetColumn(chunk, this.#request.target);
    const of = { rows, firstRow: this.#rows, target };
    for (const { planned, fitter } of this.#fitters) {
      const column = columnNamed(chunk, planned.field.name);
      for (const some of planned.step.as === 'words' || planned.step.as === 'tokens' ? inBlocks(rows) : [rows]) {
        fitter.add(column, { ...of, rows: some });
        yield;
      }
    }
    this.#target.add(target, rows);
    this.#rows += chunk.rows;
  }

  /** @throws InputError `no-inputs` when no column is left to learn from */
  finish(): FittedPipeline {
    return finished(this.finishing());
  }

  /** As `finish`, by columns. */
  *finishing(): Generator<void, FittedPipeline> {
    const { target, pipeline: { windows, columns = [] } = {} } = this.#request;
    const fitted: FittedStep[] = [];
    const reasons = new Map(this.#plan.ignored.map(({ column, reason }) => [column, reason]));
    for (const { planned, fitter } of this.#fitters) {
      const step = fitter.finish();
      if (typeof step === 'string') reasons.set(planned.field.name, step);
      else fitted.push(step);
      yield;
    }
    const steps = windows ? inSequence(fitted, windows, target, new Set(columns.map(({ column }) => column))) : fitted;
    const ignored = this.#fields.flatMap(({ name }): IgnoredColumn[] => {
      const reason = reasons.get(name);
      return reason === undefined ? [] : [{ column: name, reason }];
    });
    if (steps.length === 0) throw nothingLeft(target, ignored);
    return {
      version: 2,
      ...readBy(steps, this.#derived),
      steps,
      target: this.#target.finish(),
      ignored,
      inputs: steps.reduce((sum, step) => sum + widthOf(step), 0),
    };
  }
}

/** Texts that are cut into words without a pause. */
const textsInBlock = 64;

function* inBlocks(rows: Uint32Array): Generator<Uint32Array> {
  for (let start = 0; start < rows.length; start += textsInBlock) yield rows.subarray(start, start + textsInBlock);
}

/** The derivations that steps need, directly or through others, and all columns of the table that are read for it. */
function readBy(steps: readonly FittedStep[], derivations: readonly FittedDerivation[]): Pick<FittedPipeline, 'reads' | 'derived'> {
  const reads = new Set(steps.map(({ column }) => column));
  const derived: FittedDerivation[] = [];
  for (const derivation of derivations.toReversed()) {
    if (!reads.delete(derivation.name)) continue;
    for (const { column } of derivation.reads) reads.add(column);
    derived.unshift(derivation);
  }
  return { reads: [...reads], derived };
}

/** @throws InputError `missing-column`: a slip in a name is not left unsaid */
function requireNamed(fields: readonly Field[], { columns = [], select = [] }: PipelineSpec): void {
  const names = new Set(fields.map(({ name }) => name));
  const unknown = [...columns.map(({ column }) => column), ...select].find((name) => !names.has(name));
  if (unknown === undefined) return;
  const near = nearest(unknown, names);
  throw new InputError('missing-column', `The pipeline names a column "${unknown}", and there is none.`, {
    advice: near === undefined ? `The columns are: ${listed([...names])}.` : `Did you mean "${near}"?`,
    place: { column: unknown, field: 'pipeline' },
  });
}

function nothingLeft(target: string, ignored: readonly IgnoredColumn[]): InputError {
  return new InputError('no-inputs', `No column is left to learn "${target}" from.`, {
    advice: ignored.length ? `Left out: ${ignored.map(({ column, reason }) => `"${column}" (${reason})`).join(' ')}` : 'Add columns.',
    place: { column: target },
  });
}

/**
 * Fits on rows of a table that is in memory; everything is exact.
 * @throws InputError `no-inputs` when no column is left to learn from; `missing-column`
 */
export function fitPipeline(request: FitRequest): FittedPipeline {
  return finished(fittingPipeline(request));
}

/** As `fitPipeline`, by columns: of a large table each takes a while. */
export function* fittingPipeline({ table, rows, ...request }: FitRequest): Generator<void, FittedPipeline> {
  const fitter = new PipelineFitter(request, noLimits);
  yield* fitter.adding(table, rows);
  return yield* fitter.finishing();
}
