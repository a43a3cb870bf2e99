/** A run's record at its beginning and at each of its ends. */

import { timestamp } from '../base/clock.js';
import { newIdentifier } from '../base/identifier.js';
import { version } from '../base/version.js';
import { parameterCount } from '../compute/plan/parameters.js';
import type { AnomalyReport } from '../spec/anomaly.js';
import type { Backtest } from '../spec/backtest.js';
import type { ChunkRef } from '../spec/chunk.js';
import type { DatasetRecord } from '../spec/dataset.js';
import type { DeviceChoice } from '../spec/device.js';
import type { ModelSpec } from '../spec/model.js';
import type { FittedPipeline } from '../spec/pipeline.js';
import type { Confusion, Mistake, RunRecord, Scores } from '../spec/run.js';
import type { ModelRecord } from '../spec/trained.js';
import type { TrainingSpec } from '../spec/training.js';
import type { Candidate } from './candidate.js';
import { outdone } from './outdone.js';
import type { Prepared, Subject } from './prepare.js';
import type { Recipe } from './recipe.js';
import type { Session } from './session.js';
import type { Decision } from './tasks/judge.js';

/** What made a run: with the data's hash, the spec and the seed enough to make it again. */
const versions = { benchwright: version, pipeline: '2' };

/** What a run begins with, wherever its rows are. */
export type Begun = Pick<Subject, 'record' | 'spec' | 'task' | 'seed' | 'split' | 'warnings'> & { test?: { record: DatasetRecord } };

/** Where nobody gave one. */
export const runName = ({ target, task }: TrainingSpec, { name }: Pick<DatasetRecord, 'name'>): string =>
  task === 'anomaly' ? `Anomalies in ${name}` : `${target} from ${name}`;

export function beginRun(id: string, name: string, subject: Begun, session: Session, device: DeviceChoice): RunRecord {
  const { record, spec, task, seed, split, warnings, test } = subject;
  const { main, compete } = session.recipes;
  return {
    kind: 'run',
    id,
    name,
    created: timestamp(),
    status: 'running',
    dataset: { id: record.id, name: record.name, hash: record.hash },
    ...(test ? { testDataset: test.record.id } : {}),
    spec,
    task,
    seed,
    split,
    rows: session.prepared.rows,
    ...(session.prepared.stored ? { stored: session.prepared.stored } : {}),
    device,
    pipeline: session.prepared.pipeline,
    ...decided(main),
    ...originOf(session.prepared),
    preset: compete ? 'auto' : main.preset,
    curve: [],
    bestEpoch: 0,
    steps: 0,
    seconds: 0,
    warnings: [...warnings, ...session.prepared.warnings],
    versions,
  };
}

const originOf = ({ extractor }: Prepared): Pick<RunRecord, 'extractor'> =>
  extractor ? { extractor: { name: extractor.name, hash: extractor.hash, layers: extractor.model.layers.length } } : {};

/** What a recipe decided, as the run shows it. */
const decided = ({ preset, model, epochs, batchSize, learningRate }: Recipe) => ({
  preset,
  model,
  epochs,
  batchSize,
  learningRate,
  parameters: parameterCount(model),
});

export interface Outcome {
  kept: Candidate;
  scores: Scores;
  confusion: Confusion | undefined;
  mistakes: Mistake[] | undefined;
  backtest: Backtest | undefined;
  decided: Decision | undefined;
  anomalies: AnomalyReport | undefined;
  baseline: Scores;
  linear: Scores;
  stopped: boolean;
}

/** With what only the trained network could decide. */
function settled(pipeline: FittedPipeline, decision: Decision | undefined): FittedPipeline {
  const { target } = pipeline;
  return target.kind === 'anomaly' && decision ? { ...pipeline, target: { ...target, ...decision } } : pipeline;
}

/**
 * The model that came of a run, and the run as it ended.
 * @param network the model's layers: where there is an extractor, with those in front
 */
export function finishRun(
  run: RunRecord,
  outcome: Outcome,
  prepared: Prepared,
  network: ModelSpec,
  weights: ChunkRef,
  insight: ChunkRef | undefined,
): [model: ModelRecord, run: RunRecord] {
  const { kept, scores, confusion, mistakes, backtest, anomalies, baseline, linear, stopped } = outcome;
  const pipeline = settled(prepared.pipeline, outcome.decided);
  const { checkpoint: _, problem: __, insight: ___, ...rest } = run;
  const modelId = newIdentifier();
  const finished: RunRecord = {
    ...rest,
    ...decided(kept.recipe),
    pipeline,
    status: stopped ? 'stopped' : 'finished',
    curve: kept.state.curve,
    bestEpoch: kept.state.best.epoch,
    steps: kept.state.steps,
    seconds: kept.state.seconds,
    scores,
    ...(confusion ? { confusion } : {}),
    ...(mistakes ? { mistakes } : {}),
    ...(backtest ? { backtest } : {}),
    ...(anomalies ? { anomalies } : {}),
    baseline,
    linear,
    ...(insight ? { insight } : {}),
    warnings: [...run.warnings, ...outdone(scores, baseline, linear)],
    modelId,
  };
  const model: ModelRecord = {
    kind: 'model',
    id: modelId,
    name: run.name,
    created: timestamp(),
    task: run.task,
    target: pipeline.target.column,
    fields: prepared.fields,
    pipeline,
    model: network,
    weights,
    metrics: scores,
    lineage: {
      run: run.id,
      dataset: run.dataset,
      seed: run.seed,
      device: kept.device.engine.device,
      versions: run.versions,
      ...originOf(prepared),
    },
  };
  return [model, finished];
}
