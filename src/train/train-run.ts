/** One training from stored rows to a saved model: its stages in order. */
import { throwIfAborted } from '../base/abort.js';
import { InputError } from '../base/errors.js';
import type { Engine } from '../compute/engine.js';
import { asVersion, findVersion } from '../data/versions/history.js';
import { openInferenceEngine } from '../infer/engine.js';
import type { DatasetRecord } from '../spec/dataset.js';
import type { DevicePreference } from '../spec/device-name.js';
import type { ModelSpec } from '../spec/model.js';
import type { RunRecord } from '../spec/run.js';
import type { SweepRecord } from '../spec/sweep-record.js';
import { TrainingSpec } from '../spec/training.js';
import { validate } from '../spec/validate.js';
import type { Store } from '../storage/store.js';
import type { Candidate, CandidateEvent } from './candidate.js';
import { readCheckpoint } from './checkpoint.js';
import { commitWithChunks, type PutBytes, type PutFloats } from './commit.js';
import { chooseDevice } from './device.js';
import { encodeInsight } from './insight/kept.js';
import { datasetRecord } from './load.js';
import { openSubject, type SubjectParts } from './open-subject.js';
import type { Prepared } from './prepare.js';
import { recipesFor } from './presets/auto.js';
import { relay } from './relay.js';
import { RunLog, withIncident } from './run-log.js';
import { beginRun, finishRun, runName } from './run-record.js';
import { judge, type Session, scoresOf, trainLinear, trainMain, watchOver, winner } from './session.js';
import type { Resumption } from './state.js';
import type { MemoryLimits } from './streamed/limits.js';
import { baselineOf } from './tasks/table.js';
import type { TrainingEvent, TrainingRequest, TrainingSignals, TrainingStage } from './trainer.js';
import { TrainingDevice } from './training-device.js';
import { withHead } from './transfer/extractor.js';

export interface TrainerParts extends SubjectParts {
  defaultDevice: DevicePreference;
  /** When rows stay in the store, and how many are in memory then. */
  limits?: MemoryLimits;
}

/**
 * Reads, prepares, and opens the run's record; from then on the record tells how it went.
 * @param earlier the run to go on with
 */
export async function* trainRun(
  { store, devices, readBuiltin, defaultDevice, limits }: TrainerParts,
  id: string,
  request: TrainingRequest,
  signals?: TrainingSignals,
  earlier?: RunRecord,
): AsyncGenerator<TrainingEvent, RunRecord> {
  const stage = stagesOf(id, signals);
  const spec = earlier?.spec ?? validate(TrainingSpec, request.spec, 'training-spec');
  const seed = earlier?.seed ?? spec.seed ?? 0;

  yield stage('reading');
  const stored = await datasetRecord(store, request.dataset);
  const record = earlier ? dataOf(earlier, stored) : asVersion(stored, request.version);
  const test = await testOf(store, request.testDataset, earlier);
  const opened = await openSubject({ store, devices, readBuiltin }, { record, spec, seed, test, limits }, signals?.signal);

  yield stage('preparing');
  const { subject } = opened;
  const prepared = yield* opened.prepare(signals?.signal);
  const recipes = recipesFor(spec, prepared.facts);

  yield stage('choosing-device');
  const device = await chooseDevice(devices, recipes.main, spec.device ?? defaultDevice, earlier?.device);
  yield { kind: 'device', choice: device };
  const session: Session = {
    device: new TrainingDevice(await devices.engine(device.device), devices),
    besideEngine: await openInferenceEngine(devices),
    prepared,
    recipes,
    seed,
    signals,
  };
  const resumption = earlier && (await readCheckpoint(store, earlier));
  const name = request.name ?? runName(spec, record);
  // What was asked for, not what of a forecast was decided: that is in the pipeline.
  const asked = { ...subject, spec };
  const begun = (): RunRecord => ({ ...beginRun(id, name, asked, session, device), ...(request.sweep ? { sweep: request.sweep } : {}) });
  const again = earlier && {
    ...(request.incident ? withIncident(earlier, request.incident) : earlier),
    status: 'running' as const,
    device,
    ...(test ? { testDataset: test.id } : {}),
  };
  const log = await RunLog.open(store, again ?? begun());
  return yield* log.during(stagesOfLearning(store, session, log, resumption));
}

/** From the baseline to the saved model. */
async function* stagesOfLearning(
  store: Store,
  session: Session,
  log: RunLog,
  resumption?: Resumption,
): AsyncGenerator<TrainingEvent, RunRecord> {
  const { device, besideEngine, prepared, recipes, signals } = session;
  const stage = stagesOf(log.run.id, signals);

  yield stage('baseline');
  const { trivial, validation, test } = prepared;
  const baseline = await baselineOf(trivial, validation);
  yield { kind: 'beside', which: 'baseline', scores: { validation: baseline.metrics } };

  yield stage('linear');
  // What may become the model is watched.
  const beside = recipes.linear && recipes.compete ? { watch: watchOver(session, recipes.linear) } : {};
  const linear = yield* relay(
    trainLinear(session, beside),
    withMemoryOf(() => besideEngine),
  );
  if (linear) yield { kind: 'beside', which: 'linear', scores: { validation: (await judge(session, linear, validation)).metrics } };

  yield stage('training');
  const watch = watchOver(session, recipes.main, resumption?.state.insight);
  yield { kind: 'watching', insight: structuredClone(watch.insight) };
  for (const point of resumption?.state.curve ?? []) yield { kind: 'epoch', point, best: point.epoch === resumption?.state.best.epoch };
  const noted = (event: CandidateEvent): CandidateEvent => {
    if (event.kind === 'incident') log.note(event.incident, device.engine);
    return event;
  };
  const training = relay(trainMain(session, { keep: log.keep, resumption, watch }), noted);
  const main = yield* relay(
    training,
    withMemoryOf(() => device.engine),
  );
  const kept = await winner(session, main, linear);

  yield stage('testing');
  const own = await scoresOf(session, kept);
  const outcome = {
    kept,
    ...own,
    baseline: { validation: baseline.metrics, test: (await baselineOf(trivial, test, baseline.decided)).metrics },
    linear: linear && linear !== kept ? (await scoresOf(session, linear)).scores : own.scores,
    stopped: signals?.stop?.aborted === true,
  };
  for (const incident of device.untold()) {
    log.note(incident, device.engine);
    yield { kind: 'incident', incident };
  }

  yield stage('saving');
  const finish = async (put: PutFloats, putBytes: PutBytes) => {
    const { model, weights } = wholeNetwork(kept, prepared);
    const { insight } = kept.state;
    return finishRun(log.run, outcome, prepared, model, await put(weights), insight && (await putBytes(encodeInsight(insight))));
  };
  const [, run] = await commitWithChunks(store, finish, log.expected);
  return run;
}

/** What is saved: where there is an extractor, it stands in front of what was trained. */
function wholeNetwork({ recipe: { model }, state }: Candidate, { extractor }: Prepared): { model: ModelSpec; weights: Float32Array } {
  const { weights } = state.best;
  return extractor ? withHead(extractor, model, weights) : { model, weights };
}

/** Adds what is alive on the device to progress. */
const withMemoryOf =
  (engine: () => Engine) =>
  (event: CandidateEvent): TrainingEvent =>
    event.kind === 'progress' ? { ...event, ...engine().counters() } : event;

/** Announces a stage, unless the work has been cancelled. */
const stagesOf =
  (run: string, signals: TrainingSignals | undefined) =>
  (stage: TrainingStage): TrainingEvent => {
    throwIfAborted(signals?.signal);
    return { kind: 'stage', stage, run };
  };

/**
 * The dataset to test on. Work that is gone on with keeps the division of its rows: it is tested on its own, which may be named anew where it
 * was imported again.
 */
export async function testOf(
  store: Store,
  named: string | undefined,
  earlier?: Pick<RunRecord, 'testDataset'>,
): Promise<DatasetRecord | undefined> {
  const id = earlier === undefined || earlier.testDataset !== undefined ? (named ?? earlier?.testDataset) : undefined;
  return id === undefined ? undefined : datasetRecord(store, id);
}

/** The very version that a run or a sweep was begun with, whichever is in use now. @throws InputError `data-changed` */
export function dataOf(
  { kind, id, dataset }: Pick<RunRecord | SweepRecord, 'kind' | 'id' | 'dataset'>,
  stored: DatasetRecord,
): DatasetRecord {
  if (findVersion(stored, dataset.hash)) return asVersion(stored, dataset.hash);
  throw new InputError('data-changed', `The data is not what ${kind} ${id} was begun with ("${dataset.name}").`, {
    advice: 'Resume with the same data, or start a new training.',
    place: { [kind]: id, dataset: dataset.name },
  });
}
