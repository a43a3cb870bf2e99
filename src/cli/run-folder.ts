/** The folder that `train --out` writes: a store with one run, its model, and the answer that was given. */
import { readdir } from 'node:fs/promises';
import { InputError } from '../base/errors.js';
import type { AnyModelRecord } from '../infer/models.js';
import type { RunRecord } from '../spec/run.js';
import type { SweepRecord } from '../spec/sweep-record.js';
import type { AnyRecord, Store } from '../storage/store.js';
import type { TrainAnswer } from './answers.js';

/** Names in the store: renaming one makes folders written before unreadable. */
const answerSetting = 'train-answer';

/** Whether there is something in a folder. @throws InputError `not-a-folder` */
export async function isEmptyFolder(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length === 0;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw new InputError('not-a-folder', `"${path}" is not a folder that can be read: ${(cause as Error).message}`, {
      advice: 'Give another folder with --out.',
      cause,
      place: { folder: path },
    });
  }
}

/** The newest run that came to something: a model, or a checkpoint to go on from. */
export async function keptRun(store: Store): Promise<RunRecord | undefined> {
  return (await store.list('run')).findLast(
    (run) => run.deleted === undefined && (run.modelId !== undefined || run.checkpoint !== undefined),
  );
}

/** The newest sweep, unless a run of another training came after it. */
export async function keptSweep(store: Store): Promise<SweepRecord | undefined> {
  const sweep = (await store.list('sweep')).findLast(({ deleted }) => deleted === undefined);
  const run = await keptRun(store);
  return sweep && run && run.sweep?.id !== sweep.id && run.created > sweep.created ? undefined : sweep;
}

export const isComplete = ({ status }: Pick<RunRecord, 'status'>): boolean => status === 'finished' || status === 'stopped';

/** One of another program only where there is none of ours. @throws InputError `no-model` naming the folder */
export async function newestModel(store: Store, path: string): Promise<AnyModelRecord> {
  const isKept = ({ deleted }: AnyModelRecord): boolean => deleted === undefined;
  const model = (await store.list('model')).findLast(isKept) ?? (await store.list('tensor-model')).findLast(isKept);
  if (model) return model;
  throw new InputError('no-model', `"${path}" holds no finished model.`, {
    advice: 'Give the folder that "benchwright train --out" wrote, or finish its training with --resume.',
    place: { model: path },
  });
}

export async function storedAnswer(store: Store): Promise<TrainAnswer | undefined> {
  return (await store.get('setting', answerSetting))?.value as TrainAnswer | undefined;
}

/** Keeps the answer, and lets go of every other run, model and sweep, in one step. */
export async function keepOnly(store: Store, run: string, answer: TrainAnswer): Promise<void> {
  const kinds = ['run', 'model', 'sweep', 'trial'] as const;
  const records: AnyRecord[] = (await Promise.all(kinds.map((kind) => store.list(kind)))).flat();
  const kept = await store.get('run', run);
  const ids = new Set([run, kept?.modelId, kept?.sweep?.id]);
  const remove = records
    .filter((record) => !ids.has(record.kind === 'trial' ? record.sweep : record.id))
    .map(({ kind, id }) => ({ kind, id }));
  await store.commit({ put: [{ kind: 'setting', id: answerSetting, value: answer }], remove });
  if (remove.length > 0) await store.collect();
}
