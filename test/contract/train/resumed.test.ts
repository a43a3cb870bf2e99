/** A training whose worker ends goes on once; the worker is ended here by an error in its stream, and in Chromium by its real end. */
import { beforeEach, expect, test } from 'vitest';
import { WorkerError } from '../../../src/base/errors.js';
import { resumingTrainer } from '../../../src/remote/resuming-trainer.js';
import type { Trainer } from '../../../src/train/trainer.js';
import { failureOf, resultOf, workplace } from './workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});

const spec = { target: 'species', preset: 'mlp', epochs: 5, patience: 0, seed: 3, device: 'wasm' } as const;

/** Ends after these epochs, one a life. */
function mortal(trainer: Trainer, epochs: number[]): Trainer {
  const deaths = [...epochs];
  return {
    ...trainer,
    run: (id) => trainer.run(id),
    async *train(request, signals) {
      const death = deaths.shift();
      const work = trainer.train(request, signals);
      try {
        for (;;) {
          const next = await work.next();
          if (next.done) return next.value;
          yield next.value;
          if (next.value.kind === 'epoch' && next.value.point.epoch === death) throw new WorkerError('worker-died', 'It ended.');
        }
      } finally {
        await work.return(undefined as never);
      }
    },
  };
}

test('once: it goes on from its checkpoint, to the figures of one that was never disturbed', async () => {
  const iris = await place.builtin('iris');
  const incidents: unknown[] = [];
  const work = resumingTrainer(mortal(place.trainer, [3])).train({ dataset: iris.id, spec });
  const run = await resultOf(work, (event) => event.kind === 'incident' && incidents.push(event.incident));
  expect(incidents).toMatchObject([{ code: 'worker-died', epoch: 3, remedy: expect.stringContaining('the checkpoint of epoch 3, step') }]);
  expect(run).toMatchObject({ status: 'finished', incidents });
  expect(run.curve).toEqual((await place.train(iris, spec)).run.curve);
  expect(await place.trainer.runs()).toHaveLength(2);
});

test('twice: an error names the run and its checkpoint', async () => {
  const iris = await place.builtin('iris');
  const work = resumingTrainer(mortal(place.trainer, [2, 4])).train({ dataset: iris.id, spec });
  expect(await failureOf(resultOf(work))).toMatchObject({
    name: 'WorkerError',
    code: 'worker-died',
    message: expect.stringMatching(/ended twice.*the checkpoint of epoch 4, step \d+ is kept/),
    place: { run: (await place.trainer.runs())[0].id, epoch: 4 },
  });
});
