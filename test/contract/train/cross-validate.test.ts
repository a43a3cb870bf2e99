import { afterEach, beforeEach, expect, test } from 'vitest';
import { yieldToEventLoop } from '../../../src/base/abort.js';
import { AbortError } from '../../../src/base/errors.js';
import { CrossValidationReport } from '../../../src/spec/report.js';
import { validate } from '../../../src/spec/validate.js';
import type { TrainingEvent } from '../../../src/train/trainer.js';
import { failureOf, resultOf, workplace } from './workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

test('every row is tested once, by models that had not seen it; nothing is kept', async () => {
  const iris = await place.builtin('iris');
  const events: TrainingEvent[] = [];
  const work = place.trainer.crossValidate({ dataset: iris.id, spec: { target: 'species', epochs: 60 } }, 4);
  const report = await resultOf(work, (event) => events.push(event));

  expect(validate(CrossValidationReport, report, 'report')).toEqual(report);
  // 150 rows: folds of 38 or 37, and 15 % of the others validate.
  expect(report.rows).toEqual({ training: 95, validation: 17, test: 38 });
  const folds = events.flatMap((event) => (event.kind === 'fold' ? [event] : []));
  expect(folds.map(({ fold, folds: of }) => `${fold} of ${of}`)).toEqual(['1 of 4', '2 of 4', '3 of 4', '4 of 4']);
  expect(folds.map(({ scores }) => scores.test)).toEqual(report.folds);
  const accuracies = report.folds.map((fold) => (fold as { accuracy: number }).accuracy);
  const mean = accuracies.reduce((sum, value) => sum + value) / 4;
  const deviation = Math.sqrt(accuracies.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3);
  expect(report.mean.accuracy).toBeCloseTo(mean, 12);
  expect(report.standardError.accuracy).toBeCloseTo(deviation / 2, 12);
  expect(report.mean.accuracy).toBeGreaterThan(0.9);
  expect(report.baseline.accuracy).toBeLessThan(0.4);
  expect(report.linear.accuracy).toBeGreaterThan(0.85);
  expect(await place.trainer.runs()).toEqual([]);
  expect(await place.models.list()).toEqual([]);
});

test('the same seed gives the same report, another seed other folds', async () => {
  const wine = await place.builtin('wine');
  const report = async (seed: number) => {
    const { seconds: _, ...rest } = await resultOf(
      place.trainer.crossValidate({ dataset: wine.id, spec: { target: 'class', preset: 'linear', epochs: 2, seed } }, 3),
    );
    return rest;
  };
  const once = await report(5);
  expect(await report(5)).toEqual(once);
  expect(await report(6)).not.toEqual(once);
});

test('stopped, it reports the folds that are done; cancelled, it ends', async () => {
  const wine = await place.builtin('wine');
  const request = { dataset: wine.id, spec: { target: 'class', preset: 'linear', epochs: 2 } } as const;
  const stop = new AbortController();
  const report = await resultOf(
    place.trainer.crossValidate(request, 5, { stop: stop.signal }),
    (event) => event.kind === 'fold' && event.fold === 2 && stop.abort(),
  );
  expect(report.folds.length).toBe(2);

  const cancel = new AbortController();
  const folds: TrainingEvent[] = [];
  const long = { ...request, spec: { ...request.spec, epochs: 300, patience: 0 } };
  const work = resultOf(place.trainer.crossValidate(long, 5, { signal: cancel.signal }), (event) => {
    if (event.kind === 'fold') folds.push(event);
    if (event.kind === 'stage' && event.stage === 'training') void yieldToEventLoop().then(() => cancel.abort());
  });
  expect(await failureOf(work)).toBeInstanceOf(AbortError);
  expect(folds).toEqual([]);
});

test('too many folds are refused, of rows and in time', async () => {
  const dataset = await place.table(
    `x,day,y\n${Array.from({ length: 12 }, (_, row) => `${row / 2},2024-01-${row + 10},${row * 1.5}`).join('\n')}\n`,
  );
  const folds = (count: number, time?: string) =>
    failureOf(
      resultOf(place.trainer.crossValidate({ dataset: dataset.id, spec: { target: 'y', ...(time ? { split: { time } } : {}) } }, count)),
    );
  expect(await folds(13)).toMatchObject({ code: 'too-many-folds' });
  expect(await folds(6, 'day')).toMatchObject({ code: 'too-many-folds' });
});
