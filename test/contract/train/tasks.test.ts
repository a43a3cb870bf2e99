/** Several labels a row, and anomalies: from a table to a model that answers, is measured, and answers alike as ONNX; in memory, stored, interrupted. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import type { Source } from '../../../src/data/source.js';
import type { Table } from '../../../src/data/table.js';
import { readTable } from '../../../src/data/whole.js';
import { exportModel } from '../../../src/infer/export/export-model.js';
import type { ModelExport, ModelFormat } from '../../../src/infer/export/exported.js';
import { decodeFloats } from '../../../src/infer/weights.js';
import type { AnomalyMetrics, MultilabelMetrics } from '../../../src/spec/metrics.js';
import type { FittedTarget } from '../../../src/spec/pipeline.js';
import type { RunRecord } from '../../../src/spec/run.js';
import type { SweepSpec } from '../../../src/spec/sweep.js';
import type { ModelRecord } from '../../../src/spec/trained.js';
import type { TrainingSpec } from '../../../src/spec/training.js';
import { createTrainer } from '../../../src/train/create.js';
import { runOnnx } from '../infer/export/onnx-run.js';
import { failureOf, resultOf, workplace } from './workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

type Writing = (labels: readonly string[]) => string;

/** Labels that follow from columns, so that they can be learnt; a third of the rows has none. */
function labelled(rows: number, write: Writing, seed = 7): string {
  const random = new Random(seed);
  const lines = Array.from({ length: rows }, () => {
    const [size, weight] = [random.normal(), random.normal()];
    const shape = ['round', 'flat'][Math.floor(random.uniform() * 2)];
    const labels = [...(shape === 'round' ? ['ball'] : []), ...(size > 0.2 ? ['big'] : []), ...(weight > 0 ? ['heavy'] : [])];
    return [size.toFixed(4), weight.toFixed(4), shape, `"${write(labels).replaceAll('"', '""')}"`].join(',');
  });
  return ['size,weight,shape,tags', ...lines].join('\n');
}

/** Points on a curve, and a few beside it that are called odd. */
function curve(rows: number, odd: number): string {
  const random = new Random(5);
  const lines = Array.from({ length: rows }, (_, row) => {
    const isOdd = row % Math.floor(rows / odd) === 0;
    const t = random.normal();
    const noise = () => 0.1 * random.normal() + (isOdd ? 2.5 * Math.sign(random.normal()) : 0);
    const values = [t, 2 * t, t * t, -t].map((value) => (value + noise()).toFixed(4));
    return [...values, t > 0 ? 'right' : 'left', isOdd ? 'odd' : 'fine'].join(',');
  });
  return ['a,b,c,d,side,known', ...lines].join('\n');
}

const onTest = <Figures>({ scores }: RunRecord): Figures => scores?.test as Figures;

test.each<[string, Writing, string]>([
  ['|', (labels) => labels.join('|'), 'big|heavy'],
  [';', (labels) => labels.join('; '), 'big;heavy'],
  [',', (labels) => labels.join(', '), 'big,heavy'],
  ['json', (labels) => JSON.stringify(labels), '["big","heavy"]'],
])('labels written with %s are found, learnt, predicted and measured', async (separator, write, together) => {
  const dataset = await place.table(labelled(300, write));
  const { run } = await place.train(dataset, { target: 'tags', task: 'multilabel', seed: 1 });
  expect(run.pipeline.target).toEqual({ kind: 'labels', column: 'tags', labels: ['ball', 'big', 'heavy'], separator });
  expect(run.model.loss).toBe('sigmoidCrossEntropy');
  expect(run.rows.training + run.rows.validation + run.rows.test).toBe(300);
  const [own, baseline] = [onTest<MultilabelMetrics>(run), run.baseline?.test as MultilabelMetrics];
  expect(own.f1Micro).toBeGreaterThan(0.9);
  expect(own.hammingLoss).toBeLessThan(baseline.hammingLoss / 3);
  expect(baseline.rocAuc).toBe(0.5);

  const model = run.modelId ?? '';
  const [some, none] = await place.models.predict(model, [
    { size: 2, weight: 2, shape: 'flat' },
    { size: -2, weight: -2, shape: 'flat' },
  ]);
  expect(some).toMatchObject({ prediction: together, labels: ['big', 'heavy'] });
  expect(none.labels).toEqual([]);
  expect(some.probabilities?.map(({ value }) => value)).toEqual(['ball', 'big', 'heavy']);

  const source = { kind: 'text' as const, name: 'unseen.csv', text: labelled(120, write, 8) };
  const report = await place.evaluator.evaluate(model, source);
  expect(report).toMatchObject({ task: 'multilabel', target: 'tags', rows: 120, leftOut: 0 });
  expect((report.metrics as MultilabelMetrics).f1Micro).toBeGreaterThan(0.85);
  const pieces: string[] = [];
  await resultOf(place.models.predictFile(model, source), ({ csv }) => pieces.push(csv));
  const [head, ...lines] = pieces.join('').trim().split('\n');
  expect(head).toBe('size,weight,shape,tags,prediction,probability_ball,probability_big,probability_heavy');
  expect(lines).toHaveLength(120);
});

test('rows without a label are told, and labels that no training row has count as wrong and are told', async () => {
  const known = labelled(200, (labels) => labels.join('|'));
  const dataset = await place.table(known);
  const other = await place.table(`size,weight,shape,tags\n1,1,flat,big|heavy|new\n1,1,flat,big|heavy\n`, 'other.csv');
  const { run } = await place.train(dataset, { target: 'tags', seed: 1, preset: 'linear', epochs: 60 }, { testDataset: other.id });
  expect(run.task).toBe('multilabel');
  expect(run.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['rows-without-labels', 'labels-not-trained']));
  expect(run.warnings.find(({ code }) => code === 'labels-not-trained')?.message).toContain('"new"');
  expect(onTest<MultilabelMetrics>(run).subsetAccuracy).toBe(0.5);
});

test('a table whose rows all have the same labels is refused by name', async () => {
  const dataset = await place.table(`a,tags\n${Array.from({ length: 30 }, (_, row) => `${row},x|y`).join('\n')}\n`);
  const failure = await failureOf(place.train(dataset, { target: 'tags', task: 'multilabel', separator: '|' }));
  expect(failure).toMatchObject({ code: 'labels-constant', place: { column: 'tags' } });
});

test('odd rows are told without a label being learnt: the same model comes of shuffled labels, and of none', async () => {
  const text = curve(400, 20);
  const spec: TrainingSpec = { target: 'known', task: 'anomaly', seed: 2, epochs: 40, preset: 'autoencoder' };
  const dataset = await place.table(text);
  const { run } = await place.train(dataset, spec);
  const own = onTest<AnomalyMetrics>(run);
  expect(own.rocAuc).toBeGreaterThan(0.9);
  expect(run.pipeline.steps.map(({ column }) => column)).not.toContain('known');
  expect(run.pipeline.target).toMatchObject({ kind: 'anomaly', normal: ['fine'], threshold: expect.any(Number) as number });
  expect(run.anomalies?.rows.slice(0, 3).map(({ actual }) => actual)).toContain('anomaly');
  const parts = run.anomalies?.histogram.counts.reduce((sum, count) => sum + count, 0);
  expect(parts).toBe(run.rows.test);

  const [head, ...lines] = text.split('\n');
  const swapped = lines.map((line, row) => line.replace(/,[a-z]+$/, row % 2 ? ',fine' : ',odd'));
  const { run: other } = await place.train(await place.table([head, ...swapped].join('\n'), 'swapped.csv'), spec);
  const without = [head, ...lines].map((line) => line.replace(/,[a-z]+$/, ''));
  const { run: blind } = await place.train(await place.table(without.join('\n'), 'without.csv'), { ...spec, target: '' });
  const hash = async ({ modelId = '' }: RunRecord) => (await place.models.get(modelId)).weights.hash;
  expect(await hash(other)).toBe(await hash(run));
  expect(await hash(blind)).toBe(await hash(run));
  expect(onTest<AnomalyMetrics>(blind)).toMatchObject({ rocAuc: null, precision: null, explained: own.explained });
});

test('a model of anomalies answers rows and files, is measured by known labels, and says the same as ONNX', async () => {
  const dataset = await place.table(curve(300, 15));
  const { run } = await place.train(dataset, { target: 'known', task: 'anomaly', seed: 2, epochs: 30 });
  const model = run.modelId ?? '';
  const [usual, odd] = await place.models.predict(model, [
    { a: 1, b: 2, c: 1, d: -1, side: 'right' },
    { a: 1, b: -9, c: 1, d: -1, side: 'right' },
  ]);
  expect(usual.prediction).toBe('normal');
  expect(odd).toMatchObject({ prediction: 'anomaly', columns: [{ column: expect.any(String) as string }, {}, {}, {}, {}] });
  expect(odd.columns?.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(odd.score ?? 0, 4);

  const source = { kind: 'text' as const, name: 'all.csv', text: curve(300, 15) };
  const report = await place.evaluator.evaluate(model, source);
  expect((report.metrics as AnomalyMetrics).rocAuc).toBeGreaterThan(0.9);
  expect(report.anomalies?.rows).toHaveLength(50);

  const record = await place.models.get(model);
  const table = await readTable(place.store, dataset);
  const exported = await place.models.export(model, 'onnx');
  expect(exported.outputs?.map(({ name }) => name)).toEqual(['prediction', 'score']);
  await sameAsFile(exported, record, table, source);
});

/** Every row's score and name, as the exported file and as a file of predictions has them. */
async function sameAsFile(exported: ModelExport, record: ModelRecord, table: Table, source: Source): Promise<void> {
  const { values, labels } = await runOnnx(exported, record, table);
  const pieces: string[] = [];
  await resultOf(place.models.predictFile(record.id, source), ({ csv }) => pieces.push(csv));
  const lines = pieces.join('').trim().split('\n').slice(1);
  expect(lines.length).toBe(values.length);
  lines.forEach((line, row) => {
    const [prediction, score] = line.split(',').slice(-2);
    expect(values[row]).toBeCloseTo(Number(score), 4);
    expect(labels?.[row]).toBe(prediction);
  });
}

test('a model of anomalies from before anything was usual is exported as what it is', async () => {
  const dataset = await place.table(curve(300, 15));
  const { run } = await place.train(dataset, { target: 'known', task: 'anomaly', seed: 2, epochs: 5 });
  const kept = await place.models.get(run.modelId ?? '');
  const { usual: _, ...target } = kept.pipeline.target as Extract<FittedTarget, { kind: 'anomaly' }>;
  const record: ModelRecord = { ...kept, pipeline: { ...kept.pipeline, target } };
  const weights = decodeFloats(await place.store.getChunk(record.weights));
  const written = async (format: ModelFormat) => await exportModel({ record, weights }, format);
  const textOf = ({ files: [{ bytes }] }: ModelExport): string => new TextDecoder().decode(bytes);

  expect(textOf(await written('card'))).toMatch(/the mean squared error .* Above .* quantile/);
  const { userDefinedMetadata } = JSON.parse(textOf(await written('tfjs')));
  expect(userDefinedMetadata.weights).toEqual(new Array(record.pipeline.inputs).fill(1));
  await place.store.commit({ put: [record] });
  const source = { kind: 'text' as const, name: 'all.csv', text: curve(300, 15) };
  await sameAsFile(await written('onnx'), record, await readTable(place.store, dataset), source);
});

test('trained on rows labelled ordinary alone, the others are only tested on', async () => {
  const dataset = await place.table(curve(300, 60));
  const spec: TrainingSpec = { target: 'known', task: 'anomaly', seed: 2, epochs: 5 };
  const { run: all } = await place.train(dataset, spec);
  const { run } = await place.train(dataset, { ...spec, anomaly: { trainOn: 'normal' } });
  expect(all.warnings.map(({ code }) => code)).toContain('anomalies-train');
  expect(run.warnings.map(({ code }) => code)).not.toContain('anomalies-train');
  expect(run.rows.training + run.rows.validation).toBeLessThan(all.rows.training + all.rows.validation - 30);
  expect(run.rows.test).toBe(all.rows.test);
});

test('what is asked of anomalies leaves no class out of another task', async () => {
  const dataset = await place.table(curve(120, 30));
  const spec: TrainingSpec = { target: 'known', seed: 2, epochs: 1, preset: 'linear' };
  const { run: plain } = await place.train(dataset, spec);
  const { run } = await place.train(dataset, { ...spec, anomaly: { trainOn: 'normal' } });
  expect(run.rows).toEqual(plain.rows);
});

test('what cannot be is refused: a preset of another task, and a column that cannot be given back', async () => {
  const dataset = await place.table(curve(60, 6));
  const refused = (spec: Partial<TrainingSpec>) => failureOf(place.train(dataset, { target: 'known', task: 'anomaly', ...spec }));
  expect(await refused({ preset: 'mlp' })).toMatchObject({ code: 'preset-misfit' });
  expect(await refused({ task: 'classification', preset: 'autoencoder' })).toMatchObject({ code: 'preset-misfit' });
  expect(await refused({ loss: 'huber' })).toMatchObject({ code: 'loss-needs-values' });
  const step = { columns: [{ column: 'side', step: { as: 'target' as const } }] };
  expect(await refused({ pipeline: step })).toMatchObject({ code: 'step-misfit', place: { column: 'side' } });
});

const both: { spec: TrainingSpec; text: () => string }[] = [
  { spec: { target: 'tags', task: 'multilabel' }, text: () => labelled(200, (labels) => labels.join('|')) },
  { spec: { target: 'known', task: 'anomaly', anomaly: { trainOn: 'normal' } }, text: () => curve(200, 20) },
];

test.each(both)('$spec.task: rows that stay stored are prepared and judged as in memory', async ({ spec, text }) => {
  const dataset = await place.inChunks(await place.table(text()), 30);
  const request: TrainingSpec = { ...spec, seed: 3, epochs: 4, preset: 'linear' };
  const { run: inMemory } = await place.train(dataset, request);
  const limits = { inMemory: 0, pool: 2000, judged: 500 };
  const trainer = createTrainer({
    store: place.store,
    devices: place.devices,
    readBuiltin: place.readBuiltin,
    defaultDevice: 'wasm',
    limits,
  });
  const run = await resultOf(trainer.train({ dataset: dataset.id, spec: request }));
  expect(run.stored?.chunks).toBe(7);
  expect(run.rows).toEqual(inMemory.rows);
  expect(run.warnings).toEqual(inMemory.warnings);
  const { target, ...pipeline } = run.pipeline;
  expect(pipeline).toEqual({ ...inMemory.pipeline, target: undefined } as unknown);
  expect(target).toMatchObject({ column: spec.target });
  const figures = new Map<string, number | null>(Object.entries(run.baseline?.test ?? {}));
  for (const [name, value] of Object.entries(inMemory.baseline?.test ?? {})) {
    const own = figures.get(name);
    if (value === null) expect(own).toBeNull();
    else expect(own, name).toBeCloseTo(value, 6);
  }
});

test.each(both)('$spec.task: broken off and gone on with, it comes to the same bits', async ({ spec, text }) => {
  const dataset = await place.table(text());
  const request: TrainingSpec = { ...spec, seed: 4, epochs: 8 };
  const { run: whole } = await place.train(dataset, request);
  const signal = new AbortController();
  let id = '';
  const broken = resultOf(place.trainer.train({ dataset: dataset.id, spec: request }, { signal: signal.signal }), (event) => {
    if (event.kind === 'stage') id = event.run;
    if (event.kind === 'epoch' && event.point.epoch === 3) signal.abort();
  });
  await failureOf(broken);
  const { run } = await place.train(dataset, request, { resume: id });
  expect(run.curve).toEqual(whole.curve);
  expect(run.scores).toEqual(whole.scores);
  expect(run.pipeline).toEqual(whole.pipeline);
});

test('a sweep over anomalies compares what trainings with its trials’ specs measure', async () => {
  const dataset = await place.table(curve(120, 8));
  const spec: TrainingSpec = { target: 'known', task: 'anomaly', seed: 2, epochs: 3, preset: 'autoencoder', device: 'wasm' };
  const fields: SweepSpec['fields'] = [{ field: 'learningRate', kind: 'choice', values: [0.001, 0.01] }];
  const { trials, sweep } = await place.sweep({ dataset: dataset.id, spec, sweep: { method: 'grid', fields } });
  expect(sweep.metric).toBe('reconstructionError');
  for (const trial of trials) {
    const { run } = await place.train(dataset, trial.spec);
    expect(run.scores?.validation).toMatchObject({ reconstructionError: trial.rungs[0].metric });
  }
});

test('rows with a label that no training row has are counted once, also where validation rows are all that is judged', async () => {
  const lines = Array.from(
    { length: 40 },
    (_, row) => `${row % 7},${row % 2 ? 'big|heavy' : 'big'}${row < 30 ? '' : '|new'},${row < 30 ? 'training' : 'validation'}`,
  );
  const dataset = await place.table(`size,tags,part\n${lines.join('\n')}\n`);
  const { run } = await place.train(dataset, { target: 'tags', preset: 'linear', epochs: 1, split: { parts: 'part', test: 0 } });
  expect(run.rows).toEqual({ training: 30, validation: 10, test: 0 });
  expect(run.warnings.find(({ code }) => code === 'labels-not-trained')?.place).toMatchObject({ rows: 10 });
});
