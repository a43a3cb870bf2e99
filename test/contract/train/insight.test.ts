/** What is seen of a training: told while it goes on, kept with the run, true of its model, and gone on with. */
import { expect, test } from 'vitest';
import { AbortError } from '../../../src/base/errors.js';
import { Random } from '../../../src/base/random.js';
import { parametersOf } from '../../../src/compute/plan/parameters.js';
import type { RunInsight } from '../../../src/spec/insight.js';
import type { RunRecord } from '../../../src/spec/run.js';
import { keepEpoch } from '../../../src/train/insight/keep.js';
import type { TrainingEvent } from '../../../src/train/trainer.js';
import { failureOf, resultOf, workplace } from './workplace.js';

const place = workplace();

function told(events: readonly TrainingEvent[]): RunInsight {
  const first = events.find((event) => event.kind === 'watching');
  if (!first) throw new Error('Nothing was said to be watched.');
  const insight = structuredClone(first.insight);
  for (const event of events) if (event.kind === 'epoch' && event.seen) keepEpoch(insight, event.seen);
  return insight;
}

const insightOf = async ({ id }: RunRecord): Promise<RunInsight> => {
  const insight = await place.trainer.insight(id);
  if (!insight) throw new Error('Nothing was kept.');
  return insight;
};

test.each(['wasm', 'cpu'] as const)('what is told is what is kept, and true of the model: %s', async (device) => {
  const iris = await place.builtin('iris');
  const { run, events } = await place.train(iris, { target: 'species', preset: 'mlp', epochs: 6, patience: 0, seed: 2, device });
  const insight = await insightOf(run);
  expect(insight).toEqual(told(events));
  expect(insight.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(insight.tensors.map(({ layer, role, size, looked }) => [layer, role, size, looked])).toEqual(
    // Of 128 · 64 numbers every third is looked at: two divide the units.
    parametersOf(run.model).map(({ name, role, size }) => [Number.parseInt(name, 10), role, size, size === 8192 ? 2731 : size]),
  );
  for (const { weights, gradients } of insight.epochs) {
    for (const spread of [weights, gradients]) {
      expect(spread?.map(({ counts }) => counts.reduce((sum, count) => sum + count))).toEqual(insight.tensors.map(({ looked }) => looked));
      expect(spread?.every(({ norm }) => norm !== null && norm > 0)).toBe(true);
    }
  }
  // The best epoch's answers are those of the model that was kept.
  const rows = await Promise.all(insight.examples.map(({ row }) => place.datasets.preview(iris.id, row, 1)));
  const raw = rows.map(({ names, columns }) =>
    Object.fromEntries(names.map((name, at) => [name, 'values' in columns[at] ? columns[at].values[0] : null])),
  );
  const predictions = await place.models.predict(run.modelId as string, raw);
  const best = insight.epochs.find(({ epoch }) => epoch === run.bestEpoch);
  expect(best?.answers.map(({ answer }) => insight.classes?.[answer])).toEqual(predictions.map(({ prediction }) => prediction));
  for (const [at, { probabilities = [] }] of predictions.entries()) {
    const ofTruth = probabilities.find(({ value }) => value === insight.examples[at].actual)?.probability;
    expect(ofTruth).toBeCloseTo(best?.answers[at].ofTruth as number, 5);
  }
});

test('a run that was cut off goes on to be seen, and has what was seen before', async () => {
  const iris = await place.builtin('iris');
  const spec = { target: 'species', preset: 'mlp', epochs: 8, patience: 0, seed: 2, device: 'wasm' } as const;
  const whole = await insightOf((await place.train(iris, spec)).run);
  const cancel = new AbortController();
  let id = '';
  const cut = resultOf(place.trainer.train({ dataset: iris.id, spec }, { signal: cancel.signal }), (event) => {
    if (event.kind === 'stage') id = event.run;
    if (event.kind === 'epoch' && event.point.epoch === 3) cancel.abort();
  });
  expect(await failureOf(cut)).toBeInstanceOf(AbortError);
  expect((await place.trainer.insight(id))?.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  const { run, events } = await place.train(iris, spec, { resume: id });
  expect(await insightOf(run)).toEqual(whole);
  expect(told(events)).toEqual(whole);
});

test('of a linear model that wins, it is the linear model that was seen; a run of before, and what is damaged, harm nothing', async () => {
  const random = new Random(3, 'lines');
  const lines = Array.from({ length: 300 }, () => {
    const [a, b] = [random.normal(), random.normal()];
    return `${a},${b},${3 * a - b + random.normal()}`;
  }).join('\n');
  const { run } = await place.train(await place.table(`a,b,y\n${lines}\n`), {
    target: 'y',
    learningRate: 1e-6,
    seed: 1,
    device: 'wasm',
  });
  expect(run.preset).toBe('linear');
  const insight = await insightOf(run);
  expect(insight.tensors.map(({ role }) => role)).toEqual(['weights', 'bias']);
  expect(insight.epochs.length).toBeGreaterThan(1);
  expect(insight).not.toHaveProperty('classes');
  await place.store.commit({ put: [{ ...run, insight: await place.store.putChunk(new TextEncoder().encode('{"epochs":7}')) }] });
  expect(await failureOf(place.trainer.insight(run.id))).toMatchObject({ code: 'insight-damaged' });
  const { insight: _, ...old } = run;
  await place.store.commit({ put: [old] });
  expect(await place.trainer.insight(run.id)).toBeUndefined();
});
