/** One `train`: what is in the folder decides whether it is refused, answered at once, gone on with or begun. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { AbortError } from '../base/errors.js';
import { createDataServices } from '../host/data-services.js';
import { createEngineServices } from '../host/engine-services.js';
import { readBuiltin } from '../host/node/builtin.js';
import { loadDecoder } from '../host/node/decoder.js';
import { openFileStore } from '../host/node/files.js';
import { layeredStore } from '../host/node/layered.js';
import { openOnnx } from '../host/node/open-onnx.js';
import type { EngineServices } from '../remote/services.js';
import type { SweepSpec } from '../spec/sweep.js';
import { createMemoryStore } from '../storage/memory.js';
import type { Store } from '../storage/store.js';
import type { TrainingEvent } from '../train/trainer.js';
import { admitted, type Kept, requireSameData } from './admission.js';
import type { TrainAnswer } from './answers.js';
import type { Context, Given } from './command.js';
import { withExtractor } from './extractor.js';
import { openInputs } from './inputs.js';
import { interrupted, sweepInterrupted } from './interrupted.js';
import { isComplete, isEmptyFolder, keepOnly, keptRun, keptSweep, storedAnswer } from './run-folder.js';
import { sweepAnswer } from './sweep-answer.js';
import { SweepProgress } from './sweep-progress.js';
import { type About, answerOf, withFolds } from './train-answer.js';
import { TrainingProgress } from './train-progress.js';
import { type AskedTraining, importAsked } from './train-request.js';
import { learningFromAll, type TrainingWish } from './train-spec.js';

/** @param out the folder; left out, nothing is kept */
export async function trainInto(out: string | undefined, given: Given, wished: TrainingWish, context: Context): Promise<TrainAnswer> {
  // A folder that nothing came of is not left behind.
  const existing = out !== undefined && !(await isEmptyFolder(out)) ? await openFileStore(out) : undefined;
  const isNew = out !== undefined && !existsSync(out);
  const inputs = await openInputs([given.positionals[0], given.options.get('test')]);
  let results = existing;
  try {
    const wish = await withExtractor(wished, given, inputs.store, context);
    const kept = existing && out !== undefined ? await admitted(existing, out, given, wish) : undefined;
    const earlier = existing && kept && isComplete(kept) ? await storedAnswer(existing) : undefined;
    if (earlier) return earlier;
    const rooms = createDataServices({ store: inputs.store, readBuiltin, loadDecoder });
    const asked = await importAsked(rooms, given, wish, context);
    const [data] = given.positionals;
    if (kept) requireSameData(kept, asked.dataset, data);
    results ??= out === undefined ? createMemoryStore() : await openFileStore(out);
    const store = layeredStore(inputs.store, results);
    return await carryOut({ ...asked, kept, wish, out, data, store, results, context });
  } finally {
    const came = results && ((await keptRun(results).catch(() => true)) || (await keptSweep(results)));
    await results?.close();
    await inputs.close();
    if (isNew && results && !came) await rm(out, { recursive: true, force: true });
  }
}

interface Work extends AskedTraining {
  kept: Kept | undefined;
  wish: TrainingWish;
  out: string | undefined;
  data: string;
  store: Store;
  results: Store;
  context: Context;
}

async function carryOut(work: Work): Promise<TrainAnswer> {
  const { wish, out, data, results, store, context } = work;
  const engine = createEngineServices({ store, readBuiltin, loadDecoder, openOnnx, device: 'auto' });
  const progress = new TrainingProgress(context.output);
  const sweepProgress = new SweepProgress(context.output, progress);
  try {
    const { run, answer } = wish.sweep ? await sweepIn(engine, work, wish.sweep, sweepProgress) : await trainIn(engine, work, progress);
    if (out !== undefined) await keepOnly(results, run, answer);
    return answer;
  } catch (error) {
    if (!(error instanceof AbortError) || out === undefined) throw error;
    const at = { results, out, data };
    // What is gone on with has its checkpoint from before.
    throw wish.sweep
      ? await sweepInterrupted(error, { ...at, sweep: sweepProgress.sweep ?? work.kept?.id })
      : await interrupted(error, { ...at, run: progress.run ?? work.kept?.id });
  } finally {
    engine.dispose();
  }
}

interface Told {
  run: string;
  answer: TrainAnswer;
}

async function trainIn({ trainer }: EngineServices, work: Work, progress: TrainingProgress): Promise<Told> {
  const { kept, wish, dataset, context } = work;
  const signals = { signal: context.signal };
  const request = { ...work.request, ...(kept ? { resume: kept.id } : {}) };
  const show = (event: TrainingEvent): void => progress.show(event);
  const report = wish.folds ? await drain(trainer.crossValidate(request, wish.folds, signals), show) : undefined;
  // With folds every row has been tested already: the model that is kept learns from all of them.
  const whole = report ? { ...request, spec: learningFromAll(request.spec) } : request;
  const run = await drain(trainer.train(whole, signals), show);
  const answer = answerOf(run, dataset, aboutOf(work));
  return { run: run.id, answer: report ? withFolds(answer, report) : answer };
}

async function sweepIn({ sweeps }: EngineServices, work: Work, sweep: SweepSpec, progress: SweepProgress): Promise<Told> {
  const { request, kept, dataset, context } = work;
  const wanted = { ...request, sweep, ...(kept ? { resume: kept.id } : {}) };
  const outcome = await drain(sweeps.run(wanted, { signal: context.signal }), (event) => progress.show(event));
  const answer = answerOf(outcome.run, dataset, aboutOf(work));
  return { run: outcome.run.id, answer: { ...answer, sweep: sweepAnswer(outcome) } };
}

const aboutOf = ({ warnings, out }: Work): About => ({ warnings, model: out ?? null });

async function drain<Event, Answer>(events: AsyncGenerator<Event, Answer>, show: (event: Event) => void): Promise<Answer> {
  for (let next = await events.next(); ; next = await events.next()) {
    if (next.done) return next.value;
    show(next.value);
  }
}
