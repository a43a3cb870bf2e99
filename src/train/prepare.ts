/** From a dataset and a spec to arrays that a network trains on. Whatever is learnt from data here is learnt from training rows. */
import { InputError } from '../base/errors.js';
import { inTurns } from '../base/in-turns.js';
import { columnNamed, listed } from '../data/columns/access.js';
import { checkDerivations } from '../data/derive.js';
import { fittingPipeline, type PipelineFitRequest } from '../data/fit.js';
import { OverlapFinder } from '../data/overlap.js';
import type { Split } from '../data/split.js';
import type { Column, Table } from '../data/table.js';
import { taskFor } from '../data/task.js';
import type { DatasetRecord, Warning } from '../spec/dataset.js';
import type { Field } from '../spec/field.js';
import type { FittedPipeline } from '../spec/pipeline.js';
import type { WindowSpec } from '../spec/pipeline-spec.js';
import { columnWishes } from '../spec/preset.js';
import type { SplitSpec, TrainingSpec } from '../spec/training.js';
import { augmented, unusedAugmentation } from './augmentation.js';
import { type Examples, rowsInMemory, type TrainingRows } from './batches.js';
import { classWeights, weightsOf } from './class-weights.js';
import { type Divisible, defaultSplit } from './division.js';
import { factsOf } from './facts.js';
import { type DecidedForecast, decideForecast } from './forecast/decide.js';
import { besideNaive, forecasting, withLatest } from './forecast/prepare.js';
import { apart, type Frame, forServing, frameOf, withFrame } from './frame.js';
import { onlyNormal } from './only-normal.js';
import { comparedColumns, overlapWarnings, without } from './overlap.js';
import { type Part, partOf } from './part.js';
import type { RecipeFacts } from './recipe.js';
import { requireVaried, type Trivial, targetWarnings, trivialOf } from './tasks/table.js';
import type { Extractor } from './transfer/extractor.js';

export interface Loaded {
  record: DatasetRecord;
  table: Table;
}

/** What is decided before rows are divided. */
export interface Subject extends Divisible, Frame {
  record: DatasetRecord;
  /** What was asked for; of a forecast with all that was decided. */
  spec: TrainingSpec;
  forecast?: DecidedForecast;
  split: SplitSpec;
  warnings: Warning[];
  /** The test set, when it is a dataset of its own. */
  test?: Loaded & Frame;
  /** Where pictures are read by a network that is there already. */
  extractor?: Extractor | undefined;
}

export interface Prepared {
  /** What presets decide by. */
  facts: RecipeFacts;
  pipeline: FittedPipeline;
  /** The fields that the pipeline reads. */
  fields: Field[];
  training: TrainingRows;
  /** What is known of the training rows' targets as a whole. */
  trivial: Trivial;
  validation: Part;
  /** The rows of `validation`, by their numbers in the dataset. */
  validationRows: Uint32Array;
  /** Transformed now, so that a wrong value in it is told before training; judged once, at the end. */
  test: Part;
  /** The rows of `test`, by their numbers in its dataset. */
  testRows: Uint32Array;
  rows: { training: number; validation: number; test: number };
  /** Found while preparing. */
  warnings: Warning[];
  /** Where there is an extractor: the network in front of what is trained. */
  extractor?: Extractor;
  /** Where there is one: the training rows as they lie, for it to read. */
  pictures?: Examples;
  /** Where training rows stay in the store: how many are shuffled together, about, and how many chunks they lie in. */
  stored?: { pool: number; chunks: number };
}

/** @throws InputError about the target, the columns or the rows, naming them */
export function subjectOf(loaded: Loaded, asked: TrainingSpec, seed: number, test?: Loaded): Subject {
  const { record, table } = loaded;
  const { task } = taskFor(record.fields, asked);
  const forecast = task === 'forecast' ? decideForecast(loaded, asked) : undefined;
  const spec = forecast?.spec ?? asked;
  const windows = spec.pipeline?.windows;
  const frame = frameOf(table, record.fields, spec.target, windows, task);
  const { rows } = frame;
  const split = defaultSplit(rows.length, inOrder(askedSplit(record, spec, test), windows));
  requireOthers(record, spec, split);
  const missing = windows ? 0 : table.rows - rows.length;
  const warnings = [...(forecast?.warnings ?? []), ...warningsOf({ missing, target: spec.target, split, test })];
  const tested = test ? { test: { ...test, ...frameOf(test.table, test.record.fields, spec.target, windows, task) } } : {};
  return { record, ...frame, target: spec.target, task, seed, spec, ...(forecast ? { forecast } : {}), split, warnings, ...tested };
}

/** @throws InputError `target-left-out` or `missing-column` about columns that are left out or divide the rows */
export function requireOthers({ fields }: DatasetRecord, spec: TrainingSpec, split: Partial<SplitSpec>): void {
  for (const name of leftOut(spec, split)) {
    if (name === spec.target) {
      throw new InputError('target-left-out', `Column "${name}" is the target and cannot be left out or divide the rows.`, {
        advice: 'Name another column.',
        place: { column: name },
      });
    }
    columnNamed({ rows: 0, names: fields.map((field) => field.name), columns: fields.map(noValues) }, name);
  }
}

const noValues = (): Column => ({ kind: 'number', values: new Float64Array() });

export function warningsOf(of: { missing: number; target: string; split: SplitSpec; test?: unknown }): Warning[] {
  const warnings = missingTargets(of.missing, of.target);
  return !of.test && of.split.test === 0 && of.split.parts === undefined ? [...warnings, noTestRows] : warnings;
}

/** A time series is divided by its time, unless somebody asks for another division. */
export function inOrder(split: Partial<SplitSpec>, windows: WindowSpec | undefined): Partial<SplitSpec> {
  const isFree = split.time === undefined && split.group === undefined && split.parts === undefined;
  return windows && isFree ? { ...split, time: windows.time } : split;
}

/** Rows stay as their source divided them, unless somebody asks for another division. */
export function askedSplit({ suggestedSplit }: DatasetRecord, { split = {} }: TrainingSpec, test?: unknown): Partial<SplitSpec> {
  if (test) return { ...split, test: 0 };
  const asksForNothing = split.test === undefined && split.group === undefined && split.time === undefined;
  return suggestedSplit !== undefined && split.parts === undefined && asksForNothing ? { ...split, parts: suggestedSplit } : { ...split };
}

/** Columns that are not learnt from: the ones named, and those that divide the rows. */
export const leftOut = (spec: TrainingSpec, { group, time, parts }: Partial<SplitSpec>): string[] => [
  ...(spec.ignore ?? []),
  ...(group === undefined ? [] : [group]),
  ...(time === undefined || hasOwnStep(spec, time) ? [] : [time]),
  ...(parts === undefined ? [] : [parts]),
];

/** A time that somebody chose a step for is learnt from, such as its weekday. */
const hasOwnStep = ({ pipeline }: TrainingSpec, name: string): boolean => pipeline?.columns?.some(({ column }) => column === name) ?? false;

export interface FittedSubject {
  /** As they are learnt from: of a time series without the rows that reach into a later part. */
  parts: Split;
  pipeline: FittedPipeline;
  /** Of the subject's table, and those derived. */
  fields: readonly Field[];
  ignore: readonly string[];
}

/** The pipeline of a subject, fitted on its training rows. @throws InputError `no-inputs`, or of what was asked for, naming it */
export async function fitSubject(subject: Subject, divided: Split, signal?: AbortSignal): Promise<FittedSubject> {
  const { table, fields, spec, task, target, seed, split } = subject;
  const { windows } = spec.pipeline ?? {};
  const parts = windows ? apart(windows, subject, split, divided) : onlyNormal(spec, table, divided);
  const ignore = leftOut(spec, split);
  const request = {
    table,
    fields,
    target,
    task,
    asked: askedOfTarget(spec),
    rows: parts.training,
    ignore,
    pipeline: spec.pipeline,
    seed,
    ...columnWishes(spec),
    pictures: subject.extractor,
  };
  const fitted = await inTurns(fittingPipeline(request), signal);
  const pipeline = subject.forecast && windows ? forecasting(fitted, { ...subject, ...subject.forecast, windows }, parts.training) : fitted;
  return { parts, pipeline, fields: checkDerivations(spec.pipeline?.derive ?? [], fields, target).fields, ignore };
}

/** @throws InputError `one-class`, `no-inputs` or `test-columns`; AbortError */
export async function prepare(subject: Subject, divided: Split, signal?: AbortSignal): Promise<Prepared> {
  const { table, record, spec, task, target, seed, test, extractor } = subject;
  const { windows } = spec.pipeline ?? {};
  const { parts: fitted, pipeline } = await fitSubject(subject, divided, signal);
  const { parts, testRows, warnings } = await apartByRows(subject, fitted);
  const framed = forServing(withFrame(pipeline, windows));
  const read = new Set(framed.reads);
  const fields = record.fields.filter(({ name }) => read.has(name));
  const serving = subject.forecast ? withLatest(framed, fields, table) : framed;
  if (test) requireColumns(test.record, [...read, ...namedTarget(target)]);
  const training = await partOf(pipeline, table, parts.training, { signal, training: true });
  const trivial = trivialOf(training.truth);
  requireVaried(trivial, pipeline.target);
  const validation = besideNaive(await partOf(pipeline, table, parts.validation, { signal }), serving, subject, parts.validation);
  const weights = classWeights(spec.pipeline?.classWeights, trivial);
  const hasTest = testRows.length > 0;
  const tested = hasTest
    ? besideNaive(await partOf(pipeline, test?.table ?? table, testRows, { signal }), serving, test ?? subject, testRows)
    : validation;
  return {
    facts: factsOf(task, serving, parts.training.length),
    pipeline: serving,
    fields,
    training: rowsInMemory(weighted(extractor ? training : augmented(training, pipeline, spec.pipeline, seed), weights).examples),
    trivial,
    validation: weighted(validation, weights),
    validationRows: parts.validation,
    test: tested,
    testRows: hasTest ? testRows : parts.validation,
    rows: { training: parts.training.length, validation: parts.validation.length, test: testRows.length },
    warnings: [
      ...warnings,
      ...unusedAugmentation(spec, pipeline, extractor),
      ...targetWarnings(trivial, hasTest ? [validation.truth, tested.truth] : [validation.truth], pipeline.target),
    ],
    ...(extractor ? { pictures: weighted(training, weights).examples } : {}),
  };
}

/** Looks for rows that are in two parts, and leaves them out where that is asked for. Windows of a series overlap by their nature. */
async function apartByRows({ table, record, spec, target, split, test }: Subject, parts: Split) {
  const testRows = test ? test.rows : parts.test;
  if (spec.pipeline?.windows) return { parts, testRows, warnings: [] };
  const names = comparedColumns(record, target, leftOut(spec, split)).filter((name) => !test || test.table.names.includes(name));
  if (names.length === 0 || (test && target !== '' && !test.table.names.includes(target))) return { parts, testRows, warnings: [] };
  const finder = new OverlapFinder(names, target);
  await inTurns(comparing(finder, { table, parts, testTable: test?.table ?? table, testRows }));
  const found = finder.finish();
  const warnings = overlapWarnings(found, split);
  if (split.duplicates !== 'drop') return { parts, testRows, warnings };
  const validation = without(parts.validation, found.validation.rows);
  return { parts: { ...parts, validation }, testRows: without(testRows, found.test.rows), warnings };
}

function* comparing(
  finder: OverlapFinder,
  { table, parts, testTable, testRows }: { table: Table; parts: Split; testTable: Table; testRows: Uint32Array },
): Generator<void, void> {
  for (const rows of blocksOfRows(parts.validation)) yield finder.addJudged(table, 'validation', rows, rows);
  for (const rows of blocksOfRows(testRows)) yield finder.addJudged(testTable, 'test', rows, rows);
  for (const rows of blocksOfRows(parts.training)) yield finder.addTraining(table, rows);
}

/** Rows that are hashed without a pause. */
const hashedRows = 16_384;

function* blocksOfRows(rows: Uint32Array): Generator<Uint32Array> {
  for (let start = 0; start < rows.length; start += hashedRows) yield rows.subarray(start, start + hashedRows);
}

export function weighted<Some extends Part>(part: Some, weights: readonly number[] | undefined): Some {
  return weights ? { ...part, examples: { ...part.examples, weights: weightsOf(weights, part.truth) } } : part;
}

/** What was asked of the target. */
export const askedOfTarget = ({ separator, anomaly }: TrainingSpec): PipelineFitRequest['asked'] => ({
  separator,
  normal: anomaly?.normal,
  contamination: anomaly?.contamination,
});

/** There may be none. */
export const namedTarget = (target: string): string[] => (target === '' ? [] : [target]);

const missingTargets = (count: number, target: string): Warning[] =>
  count === 0
    ? []
    : [
        {
          code: 'rows-without-target',
          message: `${count} ${count === 1 ? 'row has' : 'rows have'} no value in "${target}" and ${count === 1 ? 'was' : 'were'} left out.`,
          advice: 'Nothing needs to be done; fill them in to learn from these rows too.',
          place: { column: target, rows: count },
        },
      ];

const noTestRows: Warning = {
  code: 'no-test-rows',
  message: 'No rows were set aside for a test: the figures given for the test are those of the validation rows, and are too good.',
  advice: 'Choose a test share above 0, or give a test dataset.',
  place: { field: 'split.test' },
};

export function requireColumns({ name: dataset, fields }: DatasetRecord, names: string[]): void {
  const missing = names.filter((name) => !fields.some((field) => field.name === name));
  if (missing.length === 0) return;
  throw new InputError('test-columns', `The test dataset "${dataset}" lacks ${listed(missing)}.`, {
    advice: 'Give a test dataset with the same columns as the one that is trained on.',
    place: { dataset, column: missing[0] },
  });
}
