/** Begins the same run anew, and shows it. */
import type { RunRecord } from '../../../spec/run.js';
import type { Trainer } from '../../../train/trainer.js';
import type { Jobs } from '../../jobs/jobs.js';
import { TrainingJob } from '../../jobs/training-job.js';
import { requestOf } from '../../runs/reproduce.js';

export function reproduceRun(jobs: Jobs, trainer: Trainer, run: RunRecord): void {
  const job = new TrainingJob(trainer, requestOf(run), `Training on ${run.dataset.name}`);
  // The run has an address as soon as the trainer has given it an identifier.
  const stop = job.listen(() => {
    if (job.run === undefined && job.active) return;
    stop();
    if (job.run !== undefined) location.hash = job.route;
  });
  void jobs.run(job);
}
