/** What is said when `train` was interrupted: what is kept, and how it goes on. */
import { AbortError } from '../base/errors.js';
import type { Store } from '../storage/store.js';
import { trialsOf } from '../train/sweeps/records.js';

interface Place {
  results: Store;
  out: string;
  data: string;
}

const nothingKept = (cause: AbortError): AbortError =>
  new AbortError('Interrupted before there was anything to keep.', { cause, advice: 'Begin again with the same command.' });

/** Says where the checkpoint is, or that there is none yet. */
export async function interrupted(
  cause: AbortError,
  { results, run: id, out, data }: Place & { run: string | undefined },
): Promise<AbortError> {
  const run = id === undefined ? undefined : await results.get('run', id);
  if (!run?.checkpoint) return nothingKept(cause);
  const { epoch } = run.checkpoint;
  return new AbortError(`Interrupted. The checkpoint of epoch ${epoch} is in "${out}".`, {
    cause,
    advice: `Go on with the same command and --resume: benchwright train ${data} … --out ${out} --resume`,
    place: { checkpoint: out, epoch, run: run.id },
  });
}

/** Says how far the sweep came, or that it had not begun. */
export async function sweepInterrupted(
  cause: AbortError,
  { results, sweep: id, out, data }: Place & { sweep: string | undefined },
): Promise<AbortError> {
  const sweep = id === undefined ? undefined : await results.get('sweep', id);
  if (!sweep) return nothingKept(cause);
  const trials = await trialsOf(results, sweep.id);
  const ended = trials.filter(({ status }) => status === 'finished' || status === 'diverged' || status === 'dropped').length;
  return new AbortError(`Interrupted. ${ended} of ${trials.length} trials are over, and where the others stand is in "${out}".`, {
    cause,
    advice: `Go on with the same command and --resume: benchwright train ${data} … --sweep FILE --out ${out} --resume`,
    place: { checkpoint: out, sweep: sweep.id, trials: ended },
  });
}
