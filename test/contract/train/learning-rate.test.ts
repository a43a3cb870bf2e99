/** A search for a learning rate: the same by the same seed, keeps nothing, diverges where theory says, and can be cancelled. */
import { expect, test } from 'vitest';
import { AbortError } from '../../../src/base/errors.js';
import { Random } from '../../../src/base/random.js';
import type { RateEvent } from '../../../src/train/trainer.js';
import { failureOf, resultOf, workplace } from './workplace.js';

const place = workplace();
const spec = { target: 'species', preset: 'mlp', seed: 4, device: 'wasm' } as const;

test('the same request gives the same answer; nothing is kept and no run changes', async () => {
  const iris = await place.builtin('iris');
  const before = (await place.train(iris, { ...spec, epochs: 3 })).run;
  const events: RateEvent[] = [];
  const found = await resultOf(place.trainer.findLearningRate({ dataset: iris.id, spec }), (event) => events.push(event));
  expect(found).toMatchObject({
    task: 'classification',
    target: 'species',
    preset: 'mlp',
    device: 'wasm',
    seed: 4,
    learningRate: 0.003,
    diverged: true,
  });
  expect(found.suggestion).toBeCloseTo(found.lowest / 10, 3);
  expect(events.flatMap((event) => (event.kind === 'rates' ? event.points : []))).toEqual(found.curve);
  expect(await resultOf(place.trainer.findLearningRate({ dataset: iris.id, spec }))).toEqual(found);
  expect((await resultOf(place.trainer.findLearningRate({ dataset: iris.id, spec: { ...spec, seed: 5 } }))).curve).not.toEqual(found.curve);
  expect(await place.trainer.runs()).toEqual([before]);
  expect((await place.train(iris, { ...spec, epochs: 3 })).run.curve).toEqual(before.curve);
  // What it suggests is worth taking: better after as many epochs than the rate of the lowest loss, or a thousandth of it.
  const loss = async (learningRate: number): Promise<number> => {
    const { run } = await place.train(iris, { ...spec, epochs: 10, patience: 0, learningRate });
    return (run.scores as unknown as { validation: { logLoss: number } }).validation.logLoss;
  };
  const suggested = await loss(found.suggestion);
  expect(suggested).toBeLessThan(await loss(found.lowest / 1000));
  await place.expectTidy();
});

test('gradient descent on a square diverges beyond 2 / the largest curvature, and not before', async () => {
  const random = new Random(2, 'rows');
  const lines = Array.from({ length: 400 }, () => {
    const x = random.normal();
    return `${x.toFixed(5)},${(3 * x + 0.5 * random.normal()).toFixed(5)}`;
  });
  const table = await place.table(`x,y\n${lines.join('\n')}\n`);
  const square = {
    target: 'y',
    preset: 'linear',
    optimizer: { kind: 'sgd', momentum: 0 },
    weightDecay: 0,
    batchSize: 1000,
    seed: 1,
    device: 'wasm',
  } as const;
  const found = await resultOf(place.trainer.findLearningRate({ dataset: table.id, spec: square }, { from: 1e-3, to: 100, steps: 100 }));
  expect(found.diverged).toBe(true);
  // Of the mean square with standardised inputs the curvature is 2 in the weight and in the bias: below a rate of 1 every step gains.
  const [below, beyond] = [found.curve.filter(({ rate }) => rate < 0.98), found.curve.filter(({ rate }) => rate > 1.1)];
  expect(below.length).toBeGreaterThan(50);
  for (let at = 1; at < below.length; at++) expect(below[at].loss).toBeLessThanOrEqual(below[at - 1].loss + 1e-6);
  expect(beyond.at(-1)?.loss).toBeGreaterThan(4 * Math.min(...below.map(({ loss }) => loss)));
});

test('it is cancelled between two steps, and says what is wrong with what is asked', async () => {
  const iris = await place.builtin('iris');
  const cancel = new AbortController();
  const work = resultOf(place.trainer.findLearningRate({ dataset: iris.id, spec }, {}, { signal: cancel.signal }), (event) => {
    if (event.kind === 'rates') cancel.abort();
  });
  expect(await failureOf(work)).toBeInstanceOf(AbortError);
  await place.expectTidy();
  expect(await failureOf(resultOf(place.trainer.findLearningRate({ dataset: iris.id, spec }, { steps: 2 })))).toMatchObject({
    code: 'invalid-rate-search',
    place: { field: 'steps' },
  });
  expect(await failureOf(resultOf(place.trainer.findLearningRate({ dataset: iris.id, spec }, { from: 500, to: 900 })))).toMatchObject({
    code: 'rate-not-found',
  });
});
