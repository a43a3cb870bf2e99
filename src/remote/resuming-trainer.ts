/** A trainer whose worker may end under a training: the run goes on, once, in a new worker from its last checkpoint. */
import { timestamp } from '../base/clock.js';
import { BenchwrightError, WorkerError } from '../base/errors.js';
import type { Incident } from '../spec/incident.js';
import type { RunRecord } from '../spec/run.js';
import type { Trainer, TrainingEvent, TrainingRequest, TrainingSignals } from '../train/trainer.js';

const endings: ReadonlySet<string> = new Set(['worker-died', 'worker-hung', 'worker-unreadable']);

/** Milliseconds between two looks at whether the ended worker has let go of its run, and how many there are. */
const pause = 100;
const mostLooks = 50;

export const resumingTrainer = (trainer: Trainer): Trainer => ({
  ...trainer,
  train: (request, signals) => train(trainer, request, signals),
});

async function* train(trainer: Trainer, request: TrainingRequest, signals?: TrainingSignals): AsyncGenerator<TrainingEvent, RunRecord> {
  let asked = request;
  let run = request.resume;
  for (let hasEnded = false; ; hasEnded = true) {
    const events = trainer.train(asked, signals);
    try {
      for (;;) {
        const next = await events.next();
        if (next.done) return next.value;
        if (next.value.kind === 'stage') run = next.value.run;
        yield next.value;
      }
    } catch (error) {
      if (!(error instanceof WorkerError) || !endings.has(error.code)) throw error;
      const left = run === undefined ? undefined : await leftBehind(trainer, run);
      if (hasEnded) throw endedTwice(error, left);
      const incident = incidentOf(error, left);
      // A run that had no record yet begins anew, under another name.
      asked = left ? { ...request, resume: left.id, incident } : request;
      yield { kind: 'incident', incident };
    } finally {
      await events.return(undefined as never);
    }
  }
}

/** The run as it stands once its worker is gone; undefined where it had not been kept yet. */
async function leftBehind(trainer: Trainer, id: string): Promise<RunRecord | undefined> {
  for (let look = 0; look < mostLooks; look++) {
    try {
      const run = await trainer.run(id);
      if (run.status !== 'running') return run;
    } catch (error) {
      if (error instanceof BenchwrightError && error.code === 'unknown-run') return undefined;
      throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return undefined;
}

const placeOf = (run: RunRecord | undefined): string =>
  run?.checkpoint ? `the checkpoint of epoch ${run.checkpoint.epoch}, step ${run.checkpoint.steps}` : 'the beginning';

const incidentOf = ({ code, message }: WorkerError, run: RunRecord | undefined): Incident => ({
  time: timestamp(),
  epoch: run?.checkpoint?.epoch ?? 0,
  step: run?.checkpoint?.steps ?? 0,
  code,
  message,
  remedy: `A new worker was started. It goes on from ${placeOf(run)}.`,
});

function endedTwice(error: WorkerError, run: RunRecord | undefined): WorkerError {
  const { checkpoint, id } = run ?? {};
  const kept = checkpoint ? `${placeOf(run)} is kept` : 'no checkpoint was kept yet';
  return new WorkerError(error.code, `The worker ended twice under this training, and it is given up; ${kept}. ${error.message}`, {
    advice: checkpoint
      ? `Resume run ${id} to go on there, perhaps with a smaller network or batch.`
      : 'Train again with a smaller network or batch.',
    place: { ...(id === undefined ? {} : { run: id }), ...(checkpoint ? { epoch: checkpoint.epoch, step: checkpoint.steps } : {}) },
    cause: error,
  });
}
