/** What stands in the folder that `--out` names, and whether this command may go on with it. */
import { InputError } from '../base/errors.js';
import type { DatasetRecord } from '../spec/dataset.js';
import type { RunRecord } from '../spec/run.js';
import type { SweepRecord } from '../spec/sweep-record.js';
import type { TrainingSpec } from '../spec/training.js';
import type { Store } from '../storage/store.js';
import type { Given } from './command.js';
import { isComplete, keptRun, keptSweep, storedAnswer } from './run-folder.js';
import { learningFromAll, type TrainingWish } from './train-spec.js';

/** What is gone on with: a run, or a sweep with its winner's run. */
export type Kept = RunRecord | SweepRecord;

/**
 * What the folder holds to go on with, or undefined to begin afresh.
 * @throws InputError `out-holds-run`; `resume-differs` when something else is asked for than what was begun
 */
export async function admitted(store: Store, out: string, given: Given, wish: TrainingWish): Promise<Kept | undefined> {
  const kept = (await keptSweep(store)) ?? (await keptRun(store));
  if (!kept || given.options.has('force')) return undefined;
  const place = { folder: out };
  if (!given.options.has('resume')) {
    const what =
      kept.kind === 'sweep' ? `a sweep (${kept.status}, ${kept.trials} trials)` : `a run (${kept.status}, ${kept.curve.length} epochs)`;
    throw new InputError('out-holds-run', `"${out}" already holds ${what}.`, {
      advice: `Give another folder, or --resume to go on with that ${kept.kind}, or --force to replace it.`,
      place,
    });
  }
  const differs = (name: string, begun: string, asked: string): InputError =>
    new InputError('resume-differs', `The ${kept.kind} in "${out}" was begun with ${begun}, not ${asked}.`, {
      advice: 'Resume with the options that it was begun with, or train anew with --force or in another folder.',
      place: { ...place, option: name },
    });
  if (kept.kind === 'run' && wish.folds !== undefined) {
    const begun = await begunFolds(store, kept);
    if (begun !== undefined && begun !== wish.folds) throw differs('folds', begun === 0 ? 'no folds' : `${begun} folds`, `${wish.folds}`);
  }
  if (kept.kind === 'run' && wish.sweep) throw differs('sweep', 'no sweep', 'one');
  if (kept.kind === 'sweep' && !wish.sweep) throw differs('sweep', 'a sweep (--sweep FILE)', 'none');
  if (kept.kind === 'sweep' && ordered(wish.sweep) !== ordered(kept.sweep)) throw differs('sweep', 'another sweep', 'this one');
  for (const [name, value] of Object.entries(wish.folds ? learningFromAll(wish.spec) : wish.spec)) {
    const begun = kept.spec[name as keyof TrainingSpec];
    if (ordered(value) !== ordered(begun)) throw differs(name, `${name} ${JSON.stringify(begun)}`, `${JSON.stringify(value)}`);
  }
  return kept;
}

/** In how many folds a run was tested, 0 for none; undefined where it was interrupted before its answer told. */
async function begunFolds(store: Store, run: RunRecord): Promise<number | undefined> {
  const told = isComplete(run) ? await storedAnswer(store) : undefined;
  if (told) return told.folds ?? 0;
  // The run beside folds sets no row aside for testing.
  return run.spec.split?.test === 0 ? undefined : 0;
}

/** @throws InputError `data-changed` */
export function requireSameData(kept: Kept, dataset: DatasetRecord, data: string): void {
  if (dataset.hash === kept.dataset.hash) return;
  throw new InputError('data-changed', `"${data}" is not the data that the ${kept.kind} was begun with ("${kept.dataset.name}").`, {
    advice: 'Resume with the same data, or train anew with --force or in another folder.',
    place: { file: data },
  });
}

/** JSON with the keys in order, to compare. */
const ordered = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
