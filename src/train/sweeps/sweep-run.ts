/** One sweep from stored rows to the best model: its stages in order. */
import { throwIfAborted } from '../../base/abort.js';
import { timestamp } from '../../base/clock.js';
import { drained } from '../../base/drained.js';
import { AbortError, TrainingError } from '../../base/errors.js';
import { parameterCount } from '../../compute/plan/parameters.js';
import type { DeviceChoice } from '../../spec/device.js';
import type { Preset } from '../../spec/preset.js';
import { SweepSpec } from '../../spec/sweep.js';
import type { SweepRecord, TrialRecord } from '../../spec/sweep-record.js';
import { TrainingSpec } from '../../spec/training.js';
import { validate } from '../../spec/validate.js';
import { chooseDevice } from '../device.js';
import { datasetRecord } from '../load.js';
import { openSubject } from '../open-subject.js';
import { recipesFor } from '../presets/auto.js';
import type { Recipe, RecipeFacts } from '../recipe.js';
import { runName } from '../run-record.js';
import { dataOf, type TrainerParts, testOf } from '../train-run.js';
import type { Trainer, TrainingSignals } from '../trainer.js';
import { TrainingDevice } from '../training-device.js';
import { SweepLog } from './log.js';
import { metricFor } from './metric.js';
import { Preparations, preparationOf } from './preparations.js';
import { newTrial, trialsOf } from './records.js';
import { retrain } from './retrain.js';
import { reductionFactorOf, rungsFor } from './rungs.js';
import { search } from './search.js';
import type { SweepEvent, SweepOutcome, SweepRequest, SweepStage } from './sweeps.js';
import type { TrialWork } from './trial.js';
import { checkValues, trialSpec } from './trial-spec.js';
import { trialValues } from './values.js';

export interface SweepParts extends TrainerParts {
  trainer: Trainer;
}

/** Everything is decided and checked before the first trial; from then on the records tell how it goes. */
export async function* runSweep(
  parts: SweepParts,
  id: string,
  request: SweepRequest,
  signals?: TrainingSignals,
  earlier?: SweepRecord,
): AsyncGenerator<SweepEvent, SweepOutcome> {
  const { store, devices, defaultDevice, limits } = parts;
  const signal = signals?.signal;
  const stage = (name: SweepStage): SweepEvent => {
    throwIfAborted(signal);
    return { kind: 'stage', stage: name, sweep: id };
  };
  const spec = earlier?.spec ?? validate(TrainingSpec, request.spec, 'training-spec');
  const sweep = earlier?.sweep ?? validate(SweepSpec, request.sweep, 'sweep-spec');
  checkValues(sweep);
  const seed = spec.seed ?? 0;

  yield stage('reading');
  const stored = await datasetRecord(store, request.dataset);
  const record = earlier ? dataOf(earlier, stored) : stored;
  const test = await testOf(store, request.testDataset, earlier);
  const opened = await openSubject(parts, { record, spec, seed, test, limits }, signal);

  yield stage('preparing');
  const { subject } = opened;
  const metric = metricFor(subject.task, sweep.metric);
  const sweepSeed = sweep.seed ?? seed;
  const values = trialValues(sweep, sweepSeed);
  const preparations = new Preparations(async (asked) => {
    const isOwn = preparationOf(asked) === preparationOf(spec);
    const from = isOwn ? opened : await openSubject(parts, { record, spec: { ...spec, preset: asked.preset }, seed, test, limits }, signal);
    return drained(from.prepare(signal));
  });
  const trials = earlier ? await trialsOf(store, id) : await plannedTrials(id, spec, values, preparations);
  const prepared = await Promise.all(trials.map((trial) => preparations.for(trial.spec)));
  const recipes = trials.map((trial, index) => checkedRecipe(trial.spec, prepared[index].facts));

  yield stage('choosing-device');
  const device = await chooseDevice(devices, recipes[0], spec.device ?? defaultDevice, earlier?.device);
  yield { kind: 'device', choice: device };
  const begun: SweepRecord = earlier
    ? { ...withoutProblem(earlier), status: 'running', device, sessions: earlier.sessions + 1, ...(test ? { testDataset: test.id } : {}) }
    : {
        kind: 'sweep',
        id,
        name: request.name ?? runName(spec, record),
        created: timestamp(),
        status: 'running',
        dataset: { id: record.id, name: record.name, hash: record.hash },
        ...(test ? { testDataset: test.id } : {}),
        spec,
        sweep,
        task: subject.task,
        metric,
        seed: sweepSeed,
        device,
        trials: trials.length,
        rungs: rungsFor(sweep, Math.max(...recipes.map(({ epochs }) => epochs))),
        sessions: 1,
      };
  const log = await SweepLog.open(store, begun, trials, earlier);
  const work: TrialWork = { device: new TrainingDevice(await devices.engine(device.device), devices), prepared, seed, metric, log, signal };
  const stages = stagesOfSweep(parts, { work, recipes, request, device, stage, stop: signals?.stop });
  return yield* log.during(stages, () => new AbortError());
}

interface Stages {
  work: TrialWork;
  recipes: readonly Recipe[];
  request: SweepRequest;
  device: DeviceChoice;
  stage: (name: SweepStage) => SweepEvent;
  stop: AbortSignal | undefined;
}

async function* stagesOfSweep(
  { store, trainer }: SweepParts,
  { work, recipes, request, device, stage, stop }: Stages,
): AsyncGenerator<SweepEvent, SweepOutcome> {
  const { log } = work;
  const { rungs, sweep, winner: decided } = log.record;
  yield { kind: 'trials', record: log.record, trials: [...log.trials] };
  yield stage('trials');
  const plan = { recipes, rungs, factor: reductionFactorOf(sweep), parallel: request.parallel ?? 1, stop };
  const winner = decided === undefined ? yield* search(work, plan) : decided - 1;
  if (winner === undefined) throw allDiverged(log.trials);
  if (decided === undefined) {
    const others = log.trials.flatMap(({ status }, index) => (status === 'paused' ? [{ index, status: 'dropped' as const }] : []));
    for (const trial of await log.mark(others)) yield { kind: 'trial', trial, leader: winner + 1 };
    await log.change({ winner: winner + 1 });
  }
  yield stage('retraining');
  const spec = { ...log.trial(winner).spec, device: device.device };
  const run = yield* retrain({ store, trainer, log, request, spec, signal: work.signal });
  await log.change({ status: stop?.aborted ? 'stopped' : 'finished' });
  return { sweep: log.record, trials: [...log.trials], run };
}

async function plannedTrials(
  sweep: string,
  spec: TrainingSpec,
  values: readonly TrialRecord['values'][],
  preparations: Preparations,
): Promise<TrialRecord[]> {
  const trials: TrialRecord[] = [];
  for (const [index, each] of values.entries()) {
    const preset = each.preset === undefined ? {} : { preset: each.preset as Preset };
    const { facts } = await preparations.for({ ...spec, ...preset });
    const own = trialSpec(spec, each, facts);
    trials.push(newTrial(sweep, index + 1, { values: each, spec: own, epochs: recipesFor(own, facts).main.epochs }));
  }
  return trials;
}

/** @throws InputError where the layers do not fit together */
function checkedRecipe(spec: TrainingSpec, facts: RecipeFacts): Recipe {
  const { main } = recipesFor(spec, facts);
  parameterCount(main.model);
  return main;
}

const withoutProblem = ({ problem: _, ...record }: SweepRecord): SweepRecord => record;

const allDiverged = (trials: readonly TrialRecord[]): TrainingError =>
  new TrainingError('sweep-failed', `None of ${trials.length} trials came to a figure. ${trials[0]?.problem ?? ''}`.trim(), {
    advice: 'Try smaller learning rates.',
  });
