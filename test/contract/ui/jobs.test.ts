/** Long work as the page follows it, over the real services in memory. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWorkbench } from '../../../src/host/node/workbench.js';
import type { Workbench } from '../../../src/host/workbench.js';
import { FilePredictionJob, filePredictions } from '../../../src/ui/jobs/file-prediction-job.js';
import { ImportJob } from '../../../src/ui/jobs/import-job.js';
import { Jobs } from '../../../src/ui/jobs/jobs.js';
import { TrainingJob } from '../../../src/ui/jobs/training-job.js';

let workbench: Workbench;
let held: number;
let jobs: Jobs;

beforeEach(async () => {
  workbench = await createWorkbench({ storage: 'memory' });
  held = 0;
  jobs = new Jobs(() => {
    held += 1;
    return () => {
      held -= 1;
    };
  });
});
afterEach(() => workbench.close());

async function iris(): Promise<string> {
  const job = await jobs.run(new ImportJob(workbench.datasets, { kind: 'builtin', name: 'iris' }));
  expect(job.state).toBe('finished');
  return job.result?.id ?? '';
}

const training = (dataset: string, epochs: number): TrainingJob =>
  new TrainingJob(
    workbench.trainer,
    { dataset, spec: { target: 'species', preset: 'mlp', epochs, patience: 0, seed: 1, device: 'wasm' } },
    'Training on iris',
  );

/** Settles when the job has come so far. */
const until = (job: TrainingJob, there: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const stop = job.listen(() => {
      if (!there() && job.active) return;
      stop();
      resolve();
    });
  });

it('follows a training to its model, and holds updates of the app meanwhile', async () => {
  const job = training(await iris(), 5);
  const ended = jobs.run(job);
  expect(held).toBe(1);
  expect(jobs.active).toEqual([job]);
  await ended;
  expect(held).toBe(0);
  expect(jobs.active).toEqual([]);
  expect(job.curve.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
  expect(job.result?.modelId).toBeDefined();
  expect(job.run).toBe(job.result?.id);
  expect([...job.beside.keys()].sort()).toEqual(['baseline', 'linear']);
});

it('computes nothing while it is paused, and goes on', async () => {
  const job = training(await iris(), 3000);
  const ended = jobs.run(job);
  await until(job, () => job.curve.length > 3);
  job.pause();
  expect(job.detail).toBe('Paused');
  await new Promise((resolve) => setTimeout(resolve, 30));
  const { length } = job.curve;
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(job.curve).toHaveLength(length);
  job.resume();
  await until(job, () => job.curve.length > length);
  expect(job.curve.length).toBeGreaterThan(length);
  job.cancel();
  await ended;
});

it('stops, also while paused, and keeps the best', async () => {
  const job = training(await iris(), 3000);
  const ended = jobs.run(job);
  await until(job, () => job.curve.length > 3);
  job.pause();
  job.stopAndKeepTheBest();
  await ended;
  expect(job.state).toBe('finished');
  expect(job.result?.status).toBe('stopped');
  expect(await workbench.models.get(job.result?.modelId ?? '')).toBeDefined();
});

it('cancels, also while paused, to a run that can be resumed with its curve', async () => {
  const dataset = await iris();
  const job = training(dataset, 3000);
  const ended = jobs.run(job);
  await until(job, () => job.curve.length > 3);
  job.pause();
  job.cancel();
  await ended;
  expect(job.state).toBe('cancelled');
  expect(jobs.trainingActive).toBe(false);
  const run = await workbench.trainer.run(job.run ?? '');
  expect(run.status).toBe('interrupted');
});

it('a job that fails says why, and others go on', async () => {
  const job = await jobs.run(training('none', 3));
  expect(job.state).toBe('failed');
  expect(job.problem).toBeInstanceOf(Error);
});

it('predicts a file into a CSV that can be downloaded', async () => {
  const job = await jobs.run(training(await iris(), 20));
  const text = 'sepal_length,sepal_width,petal_length,petal_width\n5.1,3.5,1.4,0.2\n6.7,3.0,5.2,2.3\n';
  const file = await jobs.run(
    new FilePredictionJob(workbench.models, job.result?.modelId ?? '', {
      kind: 'file',
      name: 'new.csv',
      file: new File([text], 'new.csv'),
    }),
  );
  expect(file.problem).toBeUndefined();
  expect(filePredictions(jobs, file.model)).toEqual([file]);
  const lines = (await file.csv.text()).trim().split(/\r?\n/);
  expect(lines[0]).toMatch(/^sepal_length,sepal_width,petal_length,petal_width,prediction,probability_setosa/);
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain(',setosa,');
  expect(lines[2]).toContain(',virginica,');
});
