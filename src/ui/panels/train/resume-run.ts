/** Goes on with an interrupted run from its checkpoint, and shows it. */
import type { RunRecord } from '../../../spec/run.js';
import type { Trainer } from '../../../train/trainer.js';
import type { Jobs } from '../../jobs/jobs.js';
import { TrainingJob } from '../../jobs/training-job.js';

export function resumeRun(jobs: Jobs, trainer: Trainer, run: RunRecord): void {
  const job = new TrainingJob(
    trainer,
    { dataset: run.dataset.id, spec: run.spec, resume: run.id },
    `Training on ${run.dataset.name}`,
    run.curve,
  );
  void jobs.run(job);
  location.hash = job.route;
}
