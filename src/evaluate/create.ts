/** The evaluator: reads a source as the model's schema, lets the model answer, and measures the answers. Bounded by the rows' figures. */

import { throwIfAborted } from '../base/abort.js';
import { InputError } from '../base/errors.js';
import type { DeviceOwner } from '../compute/devices.js';
import { parseNumber } from '../data/columns/cells.js';
import { type OpenRows, openRows } from '../data/open-rows.js';
import { type LoadDecoder, noDecoder } from '../data/pictures/decoder.js';
import type { ReadBuiltin, Source } from '../data/source.js';
import type { Table } from '../data/table.js';
import { joinChunks } from '../data/whole.js';
import { seriesOf, withTargetAhead } from '../data/windows.js';
import { openPredictor, type Predictor } from '../infer/predictor.js';
import { isForecast } from '../infer/series-rows.js';
import type { Field } from '../spec/field.js';
import type { FieldType } from '../spec/field-type.js';
import type { WindowSpec } from '../spec/pipeline-spec.js';
import type { EvaluationReport } from '../spec/report.js';
import { learnsNumbers } from '../spec/task.js';
import type { ModelRecord } from '../spec/trained.js';
import type { Store } from '../storage/store.js';
import { AheadTruth } from './ahead.js';
import type { EvaluateOptions, Evaluator } from './evaluator.js';
import { forecastReport } from './forecast.js';
import { Gatherer } from './gather.js';
import { buildReport } from './report.js';

export interface EvaluatorParts {
  store: Store;
  devices: DeviceOwner;
  readBuiltin: ReadBuiltin;
  /** Left out: picture files cannot be read. */
  loadDecoder?: LoadDecoder;
}

export function createEvaluator(parts: EvaluatorParts): Evaluator {
  return { evaluate: (model, source, options, signal) => evaluate(parts, model, source, options, signal) };
}

async function evaluate(
  parts: EvaluatorParts,
  model: string,
  source: Source,
  options: EvaluateOptions = {},
  signal?: AbortSignal,
): Promise<EvaluationReport> {
  const predictor = await openPredictor(parts, model);
  try {
    const { record } = predictor;
    const { group } = options;
    const classes = record.pipeline.target.kind === 'classes' ? record.pipeline.target.classes : undefined;
    if (group === record.target) {
      throw new InputError('target-as-group', `"${group}" is what the model predicts and cannot group the rows.`, {
        advice: 'Group by another column.',
        place: { column: group },
      });
    }
    const { readBuiltin, loadDecoder = noDecoder } = parts;
    const { windows } = record.pipeline;
    const open = (): Promise<OpenRows> => openRows(source, fieldsOf(record, group), { readBuiltin, loadDecoder, signal });
    if (predictor.forecaster && isForecast(record.pipeline)) {
      return await forecastReport(predictor.forecaster, record.pipeline, await allRows(await open()), group, signal);
    }
    const gathering = () => {
      const gatherer = new Gatherer(record.pipeline, group);
      const add = (truth: Table, outputs: ArrayLike<number>, numbers?: Uint32Array): void =>
        gatherer.add(withClassNames(truth, record.target, classes), outputs, numbers);
      return { gatherer, add };
    };
    let { gatherer, add } = gathering();
    if (!windows) await eachAnswered(await open(), predictor, add, signal);
    else if (!(await eachAhead(await open(), windows, predictor, add, signal))) {
      // Rows that are not in the order of time are put into it, all together, and asked about anew.
      ({ gatherer, add } = gathering());
      await allAhead(await open(), windows, await openPredictor(parts, model), add, signal);
    }
    const { target, steps } = record.pipeline;
    return buildReport({ target, columns: steps.map(({ column }) => column), gathered: gatherer.finish(), ...options });
  } finally {
    predictor.dispose();
  }
}

type Add = (truth: Table, outputs: ArrayLike<number>, numbers?: Uint32Array) => void;

async function eachAnswered(file: OpenRows, predictor: Predictor, add: Add, signal?: AbortSignal): Promise<void> {
  try {
    for await (const { table } of file.batches) {
      throwIfAborted(signal);
      add(table, (await predictor.answer(table, signal)).outputs);
    }
  } finally {
    await file.close();
  }
}

/** A time series as it comes, each row with the target that lies ahead of it as its truth. Answers whether it came in the order of time. */
async function eachAhead(file: OpenRows, windows: WindowSpec, predictor: Predictor, add: Add, signal?: AbortSignal): Promise<boolean> {
  const ahead = new AheadTruth(windows, predictor.record.target);
  try {
    for await (const { table } of file.batches) {
      throwIfAborted(signal);
      if (!ahead.isInOrder(table)) return false;
      const { truth, outputs, numbers } = ahead.add(table, (await predictor.answer(table, signal)).outputs);
      add(truth, outputs, numbers);
    }
  } finally {
    await file.close();
  }
  const last = ahead.finish();
  if (last) add(last.truth, last.outputs, last.numbers);
  return true;
}

/** All rows of a time series at once. Disposes of the predictor. */
async function allAhead(file: OpenRows, windows: WindowSpec, predictor: Predictor, add: Add, signal?: AbortSignal): Promise<void> {
  try {
    const table = await allRows(file);
    const truth = withTargetAhead(windows, predictor.record.target, table, seriesOf(windows, table));
    add(truth, (await predictor.answer(table, signal)).outputs);
  } finally {
    predictor.dispose();
  }
}

async function allRows(file: OpenRows): Promise<Table> {
  try {
    const tables: Table[] = [];
    for await (const { table } of file.batches) tables.push(table);
    return joinChunks(tables[0].names, tables);
  } finally {
    await file.close();
  }
}

/** What is read of the file: the model's inputs, the truth, and the column that groups, where it is no input. */
function fieldsOf({ fields, target, task }: ModelRecord, group: string | undefined): Field[] {
  const isInput = (wanted: string): boolean => fields.some(({ name }) => name === wanted);
  return [
    ...fields,
    ...(target === '' || isInput(target) ? [] : [plainField(target, learnsNumbers(task) ? 'number' : 'category')]),
    ...(group === undefined || isInput(group) ? [] : [plainField(group, 'category')]),
  ];
}

const plainField = (name: string, type: FieldType): Field => ({ name, type, missing: 0, distinct: 0, reason: '' });

/** Classes that were numbers in training are read as numbers: "1.0" is the class "1". */
function withClassNames(table: Table, target: string, classes: readonly string[] | undefined): Table {
  const index = table.names.indexOf(target);
  const column = table.columns[index];
  if (!classes || column.kind !== 'text') return table;
  const known = new Set(classes);
  const dictionary = column.dictionary.map((text) => {
    const number = known.has(text) ? undefined : parseNumber(text, 'point');
    return number !== undefined && known.has(String(number)) ? String(number) : text;
  });
  return { ...table, columns: table.columns.with(index, { ...column, dictionary }) };
}
