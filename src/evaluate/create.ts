/** The evaluator: reads a source as the model's schema, lets the model answer, and measures the answers. Bounded by the rows' figures. */

import { throwIfAborted } from '../base/abort.js';
import { InputError } from '../base/errors.js';
import type { DeviceOwner } from '../compute/devices.js';
import { parseNumber } from '../data/columns/cells.js';
import { openRows, type RowsBatch } from '../data/open-rows.js';
import { type LoadDecoder, noDecoder } from '../data/pictures/decoder.js';
import type { ReadBuiltin, Source } from '../data/source.js';
import type { Table } from '../data/table.js';
import { joinChunks } from '../data/whole.js';
import { seriesOf, withTargetAhead } from '../data/windows.js';
import { openPredictor } from '../infer/predictor.js';
import type { Field } from '../spec/field.js';
import type { FieldType } from '../spec/field-type.js';
import type { EvaluationReport } from '../spec/report.js';
import type { ModelRecord } from '../spec/trained.js';
import type { Store } from '../storage/store.js';
import type { EvaluateOptions, Evaluator } from './evaluator.js';
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
    const file = await openRows(source, fieldsOf(record, group), { readBuiltin, loadDecoder, signal });
    try {
      const gatherer = new Gatherer(record.pipeline, group);
      for await (const { table, truth } of evaluated(file.batches, record)) {
        throwIfAborted(signal);
        const { outputs } = await predictor.answer(table, signal);
        gatherer.add(withClassNames(truth, record.target, classes), outputs);
      }
      return buildReport({ target: record.target, gathered: gatherer.finish(), ...options, ...(classes ? { classes } : {}) });
    } finally {
      await file.close();
    }
  } finally {
    predictor.dispose();
  }
}

/** Batches as they come; of a time series all rows at once, each with the target that lies ahead of it as its truth. */
async function* evaluated(
  batches: AsyncIterable<RowsBatch>,
  { pipeline: { windows }, target }: ModelRecord,
): AsyncGenerator<{ table: Table; truth: Table }> {
  const tables: Table[] = [];
  for await (const { table } of batches) {
    if (windows) tables.push(table);
    else yield { table, truth: table };
  }
  if (!windows || tables.length === 0) return;
  const table = joinChunks(tables[0].names, tables);
  yield { table, truth: withTargetAhead(windows, target, table, seriesOf(windows, table)) };
}

/** What is read of the file: the model's inputs, the truth, and the column that groups, where it is no input. */
function fieldsOf({ fields, target, task }: ModelRecord, group: string | undefined): Field[] {
  const isInput = (wanted: string): boolean => fields.some(({ name }) => name === wanted);
  return [
    ...fields,
    ...(isInput(target) ? [] : [plainField(target, task === 'classification' ? 'category' : 'number')]),
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
