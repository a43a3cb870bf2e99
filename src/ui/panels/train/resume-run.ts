/** Goes on with an interrupted run from its checkpoint, and shows it. */
import type { RunRecord } from '../../../spec/run.js';
import type { Trainer } from '../../../train/trainer.js';
import type { Jobs } from '../../jobs/jobs.js';
import { TrainingJob } from '../../jobs/training-job.js';

export function resumeRun(jobs: Jobs, trainer: Trainer, run: RunRecord): void {
  start(jobs, jobOf(trainer, run));
}

/** Makes a model of the best weights that a run which cannot go on has kept. */
export function keepTheBest(jobs: Jobs, trainer: Trainer, run: RunRecord): void {
  const job = jobOf(trainer, run);
  job.stopAndKeepTheBest();
  start(jobs, job);
}

function jobOf(trainer: Trainer, run: RunRecord): TrainingJob {
  const request = { dataset: run.dataset.id, spec: run.spec, resume: run.id };
  return new TrainingJob(trainer, request, `Training on ${run.dataset.name}`, run.curve);
}

function start(jobs: Jobs, job: TrainingJob): void {
  void jobs.run(job);
  location.hash = job.route;
}
