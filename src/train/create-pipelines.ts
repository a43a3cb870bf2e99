/** Pipelines over a store: fitted on what is kept there, saved beside it. */
import { throwIfAborted } from '../base/abort.js';
import { timestamp } from '../base/clock.js';
import { InputError } from '../base/errors.js';
import { newIdentifier } from '../base/identifier.js';
import { readChunks } from '../data/chunks.js';
import { withDerived } from '../data/derive.js';
import { transformInputs, transformTarget } from '../data/pipeline.js';
import { chosenRows } from '../data/rows-of.js';
import { widthOf } from '../data/steps/apply.js';
import { inputNames } from '../data/steps/names.js';
import { planSteps } from '../data/steps/plan.js';
import { rowBytes } from '../data/steps/row-bytes.js';
import type { Table, TableChunk } from '../data/table.js';
import { joinChunks, sliceChunk } from '../data/whole.js';
import type { DatasetRecord } from '../spec/dataset.js';
import type { FittedStep } from '../spec/fitted-steps.js';
import type { FittedPipeline } from '../spec/pipeline.js';
import { PipelineSpec } from '../spec/pipeline-spec.js';
import { columnWishes } from '../spec/preset.js';
import type { SavedPipeline } from '../spec/saved-pipeline.js';
import { TrainingSpec } from '../spec/training.js';
import { validate } from '../spec/validate.js';
import { pipelinePrefix } from '../storage/names.js';
import type { Store } from '../storage/store.js';
import { divide } from './division.js';
import type { PipelinePreview, Pipelines, PreviewedStep } from './pipelines.js';
import { fitSubject, subjectOf } from './prepare.js';

/** A preview has to answer while somebody waits for it. */
const mostRows = 50_000;
const shownRows = 8;
const shownNames = 2048;
const mostSaved = 500;
const longestName = 200;

export function createPipelines(store: Store): Pipelines {
  return {
    preview: (dataset, spec, signal) => preview(store, dataset, validate(TrainingSpec, spec, 'training-spec'), signal),
    async list() {
      const settings = await store.list('setting');
      const saved = settings.filter(({ id }) => id.startsWith(pipelinePrefix)).map(({ value }) => value as SavedPipeline);
      return saved.sort((a, b) => b.created - a.created);
    },
    async save(name, pipeline, id = newIdentifier(), earlier) {
      const trimmed = name.trim();
      if (trimmed === '' || trimmed.length > longestName) throw invalidName(trimmed);
      const checked = validate(PipelineSpec, pipeline, 'pipeline-spec');
      const count = (await this.list()).length;
      if (count >= mostSaved) throw invalidName(trimmed, `${count} pipelines are kept already`);
      const saved: SavedPipeline = { id, name: trimmed, created: timestamp(), pipeline: checked };
      const key = { kind: 'setting' as const, id: pipelinePrefix + id };
      const is = earlier ? { ...key, value: earlier } : await store.get('setting', key.id);
      await store.commit({ put: [{ ...key, value: saved }], expect: [{ ...key, ...(is ? { is } : {}) }] });
      return saved;
    },
    remove: (id) => store.commit({ remove: [{ kind: 'setting', id: pipelinePrefix + id }] }),
  };
}

const invalidName = (name: string, problem = `it has ${name.length} characters`): InputError =>
  new InputError('invalid-name', `"${name.slice(0, 40)}" cannot be a pipeline's name: ${problem}.`, {
    advice: `Choose a name of 1 to ${longestName} characters, and remove pipelines that are no longer needed.`,
  });

async function preview(store: Store, id: string, spec: TrainingSpec, signal?: AbortSignal): Promise<PipelinePreview> {
  const record = await store.get('dataset', id);
  if (!record || record.deleted !== undefined) {
    throw new InputError('unknown-dataset', `There is no dataset "${id}".`, {
      advice: 'Choose one from the list.',
      place: { dataset: id },
    });
  }
  const table = await firstRows(store, record, signal);
  const subject = subjectOf({ record: { ...record, rows: table.rows }, table }, spec, spec.seed ?? 0);
  const { parts, pipeline, fields, ignore } = await fitSubject(subject, divide(subject, subject.split), signal);
  throwIfAborted(signal);
  const plan = planSteps({
    fields,
    target: subject.target,
    task: subject.task,
    spec: spec.pipeline ?? {},
    ignore,
    ...columnWishes(spec),
  });
  const planned = new Map(plan.steps.map((step) => [step.field.name, step]));
  let start = 0;
  const steps = pipeline.steps.map((step): PreviewedStep => {
    const { field, automatic, why } = planned.get(step.column) ?? { field: { type: 'number' as const }, automatic: true, why: '' };
    const inputs = widthOf(step);
    start += inputs;
    const names = inputNames(step, shownNames);
    return {
      column: step.column,
      type: field.type,
      automatic,
      why,
      kind: step.kind,
      names,
      inputs,
      start: start - inputs,
      ...chosenOf(step),
    };
  });
  const rows = parts.training.subarray(0, shownRows);
  const shown = chosenRows(subject.table, rows);
  return {
    steps,
    ignored: pipeline.ignored,
    derived: pipeline.derived,
    inputs: pipeline.inputs,
    rows: { training: parts.training.length, validation: parts.validation.length, test: parts.test.length },
    looked: table.rows,
    bytes: Math.round(rowBytes(pipeline.steps) * parts.training.length * (record.rows / Math.max(1, table.rows))),
    ...classesOf(pipeline, subject.table, parts.training),
    before: withDerived(pipeline.derived, shown),
    after: transformInputs(pipeline, subject.table, rows, { training: true }),
  };
}

/** What was decided of a step where one may decide otherwise. */
function chosenOf(step: FittedStep): Pick<PreviewedStep, 'order' | 'parts'> {
  // Of more than can be shown an order cannot be chosen here.
  if (step.kind === 'ordinal') return step.categories.length > shownNames ? {} : { order: step.categories };
  return step.kind === 'date' ? { parts: [...(step.linear ? (['year'] as const) : []), ...step.parts] } : {};
}

function classesOf(pipeline: FittedPipeline, table: Table, rows: Uint32Array): Pick<PipelinePreview, 'classes'> {
  const { target } = pipeline;
  if (target.kind !== 'classes') return {};
  const counts = new Uint32Array(target.classes.length);
  for (const place of transformTarget(pipeline, table, rows)) if (place >= 0) counts[place]++;
  return { classes: target.classes.map((name, index) => ({ name, rows: counts[index] })) };
}

async function firstRows(store: Store, record: DatasetRecord, signal?: AbortSignal): Promise<Table> {
  const chunks: TableChunk[] = [];
  let rows = 0;
  for await (const chunk of readChunks(store, record, signal)) {
    const part = rows + chunk.rows > mostRows ? sliceChunk(chunk, 0, mostRows - rows) : chunk;
    chunks.push(part);
    rows += part.rows;
    if (rows >= mostRows) break;
  }
  return joinChunks(
    record.fields.map(({ name }) => name),
    chunks,
  );
}
