/** Preparing stored rows: as `train/prepare.ts` does with rows in memory, in passes over the chunks. */
import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import { inTurns } from '../../base/in-turns.js';
import { augmentedRows } from '../../data/augment.js';
import { columnNamed, targetColumn } from '../../data/columns/access.js';
import { PipelineFitter } from '../../data/fit.js';
import { OverlapFinder } from '../../data/overlap.js';
import { pictureStep } from '../../data/pipeline.js';
import { noLimits } from '../../data/steps/fitter.js';
import { rowBytes } from '../../data/steps/row-bytes.js';
import type { Table } from '../../data/table.js';
import { anomalyTarget } from '../../data/targets/anomaly.js';
import { knownRows } from '../../data/targets/known.js';
import { targetKind } from '../../data/targets/table.js';
import type { Warning } from '../../spec/dataset.js';
import type { FittedPipeline } from '../../spec/pipeline.js';
import { columnWishes } from '../../spec/preset.js';
import type { TrainingSpec } from '../../spec/training.js';
import { isAnomaly } from '../../stats/anomaly.js';
import { augmentationOf, unusedAugmentation } from '../augmentation.js';
import { classWeights, weightsOf } from '../class-weights.js';
import { factsOf } from '../facts.js';
import { forServing, withFrame } from '../frame.js';
import { wantsOnlyNormal } from '../only-normal.js';
import { comparedColumns, overlapWarnings } from '../overlap.js';
import { askedOfTarget, leftOut, namedTarget, type Prepared, requireColumns, weighted } from '../prepare.js';
import { requireVaried, targetWarnings, trivialCounter, trivialOf } from '../tasks/table.js';
import { keepApart } from './keep-apart.js';
import type { MemoryLimits } from './limits.js';
import { streamedPart } from './part.js';
import { noPart, type PartOfRow, placesIn, rowsPerChunk, type StoredRows, transformChunk } from './stored-rows.js';
import { firstRows } from './stored-table.js';
import type { StreamedSubject } from './subject.js';
import { type StreamedRequest, streamedRows } from './training-rows.js';

/** @throws InputError `one-class`, `no-inputs` or `test-columns`; AbortError */
export async function prepareStreamed(
  subject: StreamedSubject,
  parts: PartOfRow,
  limits: MemoryLimits,
  signal?: AbortSignal,
): Promise<Prepared> {
  const { record, table, framed, spec, task, target, seed, split, extractor } = subject;
  const from: StoredRows = { table, parts };
  if (framed) keepApart(framed, split, parts);
  if (wantsOnlyNormal(spec)) await leaveOutAnomalies(from, spec, signal);
  const tested = subject.test ?? from;
  const finder = await judgedRows(subject, from, signal);
  const ignore = leftOut(spec, split);
  const fitter = new PipelineFitter({
    fields: table.fields,
    target,
    task,
    asked: askedOfTarget(spec),
    ignore,
    pipeline: spec.pipeline,
    seed,
    ...columnWishes(spec),
    pictures: extractor,
  });
  const counter = trivialCounter(task, target);
  for await (const { table: chunk, places } of chunksOf(from, 0, signal)) {
    await inTurns(fitter.adding(chunk, places), signal);
    counter?.add(columnNamed(chunk, target), places);
    finder?.addTraining(chunk, places);
  }
  const pipeline = await inTurns(fitter.finishing(), signal);
  const warnings = finder ? settleOverlap(finder, subject, from, tested) : [];
  const serving = forServing(withFrame(pipeline, spec.pipeline?.windows));
  const read = new Set(serving.reads);
  if (subject.test) requireColumns(subject.test.table.record, [...read, ...namedTarget(target)]);
  const judged = (of: StoredRows, part: number, keep = limits.judged) => streamedPart(of, { pipeline: serving, part, keep, signal });
  const trivial = counter?.finish(pipeline.target) ?? trivialOf((await judged(from, 0, 0)).truth);
  requireVaried(trivial, pipeline.target);
  const weights = classWeights(spec.pipeline?.classWeights, trivial);
  const perChunk = rowsPerChunk(from, 0);
  const rows = perChunk.reduce((sum, count) => sum + count, 0);
  const validation = await judged(from, 1);
  const test = await judged(tested, 2);
  const hasTest = test.rowNumbers.length > 0;
  const request = trainingRequest(
    from,
    { pipeline, perChunk, weights, subject, chunkWeights: weights && counter?.weights?.(pipeline.target, weights) },
    limits,
  );
  return {
    facts: factsOf(task, serving, rows),
    pipeline: serving,
    fields: record.fields.filter(({ name }) => read.has(name)),
    training: streamedRows(request),
    ...(extractor ? { pictures: weighted(await judged(from, 0), weights).examples } : {}),
    trivial,
    validation: weighted(validation, weights),
    validationRows: validation.rowNumbers,
    test: hasTest ? test : validation,
    testRows: hasTest ? test.rowNumbers : validation.rowNumbers,
    rows: { training: rows, validation: validation.examples.rows, test: test.examples.rows },
    warnings: [
      ...warnings,
      ...unusedAugmentation(spec, pipeline, extractor),
      ...targetWarnings(trivial, [validation.truth, test.truth], pipeline.target),
    ],
    stored: { pool: Math.min(rows, request.poolRows), chunks: perChunk.filter((count) => count > 0).length },
  };
}

/** In place: known anomalies neither train nor validate. */
async function leaveOutAnomalies(from: StoredRows, spec: TrainingSpec, signal?: AbortSignal): Promise<void> {
  const column = (chunk: Table) => targetColumn(chunk, spec.target);
  const fitter = anomalyTarget.fitter(spec.target, { ...spec.anomaly, limits: noLimits });
  for await (const { table, places } of chunksOf(from, 0, signal)) fitter.add(column(table), places);
  const target = fitter.finish();
  for (const part of [0, 1]) {
    for await (const { table, places, first } of chunksOf(from, part, signal)) {
      const known = knownRows(target, column(table), places);
      for (const [index, place] of places.entries()) if (known[index] === isAnomaly) from.parts[first + place] = noPart;
    }
  }
}

/** Chunks with rows of a part, one in memory at a time. */
async function* chunksOf({ table, parts }: StoredRows, part: number, signal?: AbortSignal) {
  const first = firstRows(table.record);
  for (let chunk = 0; chunk < table.record.chunks.length; chunk++) {
    throwIfAborted(signal);
    const places = placesIn(parts, part, first[chunk], first[chunk + 1]);
    // A fitter counts rows by the chunks that it is given: none is left out.
    yield { table: await table.read(chunk), places, first: first[chunk] };
    await yieldToEventLoop();
  }
}

async function judgedRows(subject: StreamedSubject, from: StoredRows, signal?: AbortSignal): Promise<OverlapFinder | undefined> {
  const { record, target, spec, split, test, framed } = subject;
  // Windows of a series overlap by their nature.
  if (framed) return undefined;
  const has = (name: string): boolean => !test || test.table.record.fields.some((field) => field.name === name);
  const names = comparedColumns(record, target, leftOut(spec, split)).filter(has);
  if (names.length === 0 || (target !== '' && !has(target))) return undefined;
  const finder = new OverlapFinder(names, target);
  for (const [part, of] of [
    [1, from],
    [2, test ?? from],
  ] as const) {
    for await (const { table, places, first } of chunksOf(of, part, signal)) {
      const numbers = places.map((place) => first + place);
      if (places.length > 0) finder.addJudged(table, part === 1 ? 'validation' : 'test', places, numbers);
    }
  }
  return finder;
}

/** Says what is in two parts, and takes it out of those that are judged where that is asked for. */
function settleOverlap(finder: OverlapFinder, { split }: StreamedSubject, from: StoredRows, tested: StoredRows): Warning[] {
  const found = finder.finish();
  const warnings = overlapWarnings(found, split);
  if (split.duplicates === 'drop') {
    for (const row of found.validation.rows) from.parts[row] = noPart;
    for (const row of found.test.rows) tested.parts[row] = noPart;
  }
  return warnings;
}

interface TrainingNeeds {
  pipeline: FittedPipeline;
  perChunk: Uint32Array;
  weights: number[] | undefined;
  chunkWeights: Float64Array | undefined;
  subject: StreamedSubject;
}

function trainingRequest(from: StoredRows, needs: TrainingNeeds, limits: MemoryLimits): StreamedRequest {
  const { pipeline, perChunk, weights, chunkWeights, subject } = needs;
  const step = pictureStep(pipeline);
  const augmentation = step && augmentationOf(subject.spec.pipeline, step.column);
  const bytes = rowBytes(pipeline.steps) + 4;
  return {
    width: pipeline.inputs,
    targets: targetKind(pipeline.target).width(pipeline.target),
    rows: perChunk,
    weights: chunkWeights,
    poolRows: Math.max(1, Math.floor(limits.pool / bytes)),
    async load(chunk, signal) {
      const { examples, truth, rowNumbers } = await transformChunk(from, { pipeline, part: 0, chunk, signal });
      const numberOf = (row: number): number => rowNumbers[row];
      return {
        inputs: step && augmentation ? augmentedRows(examples.inputs, step, augmentation, subject.seed, numberOf) : examples.inputs,
        targets: examples.targets,
        weights: weights && weightsOf(weights, truth),
      };
    },
  };
}
