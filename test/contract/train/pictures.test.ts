/** Learning from pictures and answering about them: files in a folder, a convolutional network, exact resumption, mistakes. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { yieldToEventLoop } from '../../../src/base/abort.js';
import { AbortError } from '../../../src/base/errors.js';
import { readTable } from '../../../src/data/whole.js';
import type { DatasetRecord } from '../../../src/spec/dataset.js';
import type { OptimizerName } from '../../../src/spec/optimisation.js';
import { RunRecord } from '../../../src/spec/run.js';
import type { TrainingSpec } from '../../../src/spec/training.js';
import { validate } from '../../../src/spec/validate.js';
import { stripedFolder, stripes } from '../stripes.js';
import { failureOf, folderOf, resultOf, workplace } from './workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

const spec = { target: 'label', device: 'wasm', epochs: 30, learningRate: 0.01 } as const satisfies TrainingSpec;

test('a folder is learnt from as it is divided, and answers come for pictures, folders and evaluations', async () => {
  const folder = stripedFolder(40);
  const dataset = await place.pictures(folder);
  const { run } = await place.train(dataset, spec);

  expect(validate(RunRecord, run, 'run')).toEqual(run);
  expect(run).toMatchObject({
    preset: 'cnn',
    rows: { training: 68, validation: 12, test: 20 },
    split: { parts: 'part' },
    pipeline: {
      steps: [{ kind: 'picture', column: 'picture', size: { height: 8, width: 8, channels: 1 } }],
      inputs: 64,
      ignored: [
        { column: 'part', reason: 'You left it out.' },
        { column: 'file', reason: 'The model learns from "picture" alone.' },
      ],
    },
    model: { inputs: 64, shape: [8, 8, 1], layers: expect.arrayContaining([expect.objectContaining({ kind: 'conv2d' })]) },
    scores: { test: { accuracy: 1 } },
    mistakes: [],
  });

  const model = run.modelId ?? '';
  expect((await place.models.get(model)).fields.map(({ name }) => name)).toEqual(['picture']);
  // At four times the size and in colour: brought to what the model knows.
  const answers = await place.models.predict(model, [
    { picture: stripes('across', 900) },
    { picture: stripes('down', 901) },
    { picture: enlarged(stripes('down', 902), 4) },
  ]);
  expect(answers.map(({ prediction }) => prediction)).toEqual(['across', 'down', 'down']);

  const unseen = folderOf(stripedFolder(8).map(({ path, picture }) => ({ path: path.replace(/^\w+\//, ''), picture })));
  const pieces: string[] = [];
  expect(await resultOf(place.models.predictFile(model, unseen), ({ csv }) => pieces.push(csv))).toEqual({ rows: 20 });
  const [head, ...lines] = pieces.join('').trim().split(/\r?\n/);
  expect(head).toBe('file,label,prediction,probability_across,probability_down');
  expect(lines).toHaveLength(20);
  for (const line of lines) expect(line).toMatch(/^(across|down)\/\d{4}\.png,\1,\1,[\d.e-]+,[\d.e-]+$/);

  const report = await place.evaluator.evaluate(model, folderOf(folder), { group: 'part' });
  expect(report).toMatchObject({ rows: 100, leftOut: 0, metrics: { accuracy: 1 } });
  expect(report.groups?.map(({ group, rows }) => [group, rows])).toEqual([
    ['test', 20],
    ['training', 80],
  ]);
});

/** Each pixel `times` × `times`, in three channels. */
function enlarged({ height, width, pixels }: ReturnType<typeof stripes>, times: number): ReturnType<typeof stripes> {
  const large = Uint8Array.from({ length: height * width * times * times * 3 }, (_, index) => {
    const place = Math.floor(index / 3);
    const [row, column] = [Math.floor(place / (width * times)), place % (width * times)];
    return pixels[Math.floor(row / times) * width + Math.floor(column / times)];
  });
  return { height: height * times, width: width * times, channels: 3, pixels: large };
}

test('mistakes are the test rows taken for another class, by their numbers, the surest first', async () => {
  // Two test pictures lie in the wrong folder.
  const folder = stripedFolder(40).map(({ path, picture }) => {
    const wrong: Record<string, string> = { 'test/across/0041.png': 'test/down/a.png', 'test/down/0044.png': 'test/across/b.png' };
    return { path: wrong[path] ?? path, picture };
  });
  const dataset = await place.pictures(folder);
  const { run } = await place.train(dataset, spec);
  const mistakes = run.mistakes ?? [];
  const table = await readTable(place.store, dataset);
  const cell = (name: string, row: number): string | undefined => {
    const column = table.columns[table.names.indexOf(name)];
    return column.kind === 'text' ? column.dictionary[column.codes[row]] : undefined;
  };
  const told = mistakes.map(({ row, actual, predicted }) => ({ file: cell('file', row), actual, predicted }));
  expect(told.toSorted((a, b) => ((a.file ?? '') < (b.file ?? '') ? -1 : 1))).toEqual([
    { file: 'test/across/b.png', actual: 'across', predicted: 'down' },
    { file: 'test/down/a.png', actual: 'down', predicted: 'across' },
  ]);
  expect(mistakes[0].probability).toBeGreaterThanOrEqual(mistakes[1].probability);
  expect(mistakes[1].probability).toBeGreaterThan(0.5);

  // Tested on another dataset, the rows are that one's, and the run names it.
  const other = await place.pictures(
    folder.filter(({ path }) => path.startsWith('test')).map((file) => ({ ...file, path: file.path.slice(5) })),
  );
  const tested = (await place.train(dataset, spec, { testDataset: other.id })).run;
  expect(tested).toMatchObject({ testDataset: other.id, rows: { training: 85, validation: 15, test: 20 } });
  expect(tested.mistakes?.length).toBe(2);
  for (const { row } of tested.mistakes ?? []) expect(row).toBeLessThan(20);
});

const layers: TrainingSpec['layers'] = [
  { kind: 'conv2d', filters: 4, kernel: [3, 3], padding: 'same', activation: 'linear' },
  { kind: 'batchNormalization' },
  { kind: 'activation', activation: 'relu' },
  { kind: 'maxPool2d', size: [2, 2] },
  { kind: 'dropout', rate: 0.25 },
  { kind: 'dense', units: 6, activation: 'relu' },
];

test.each(['adam', 'sgd', 'rmsprop'] as const)(
  'cancelled in the midst of an epoch, a network with batch normalisation and dropout goes on exactly by %s',
  async (optimizer: OptimizerName) => {
    const dataset = await place.pictures(stripedFolder(60));
    const wish: TrainingSpec = { target: 'label', device: 'wasm', layers, optimizer, l2: 0.001, epochs: 3, batchSize: 2, seed: 5 };
    const cut = await interruptedWithinAnEpoch(dataset, wish);
    expect(cut.checkpoint?.examples).toBeGreaterThan(0);
    expect(cut.checkpoint).toMatchObject({ epoch: 0, steps: expect.toSatisfy((steps: number) => steps > 0 && steps < 51) });
    const resumed = (await place.train(dataset, wish, { resume: cut.id })).run;
    const whole = (await place.train(dataset, wish)).run;
    expect(resumed.curve).toEqual(whole.curve);
    expect(resumed.scores).toEqual(whole.scores);
    const [one, other] = await place.models.list();
    expect(one.weights).toEqual(other.weights);
    expect(one.model.layers[5]).toEqual({ kind: 'flatten' });
  },
);

async function interruptedWithinAnEpoch(dataset: DatasetRecord, wish: TrainingSpec): Promise<RunRecord> {
  const controller = new AbortController();
  const work = place.trainer.train({ dataset: dataset.id, spec: wish }, { signal: controller.signal });
  const abortSoon = async (): Promise<void> => {
    // Slices of 1, 2 and 4 steps come first, and others run after each.
    for (let turn = 0; turn < 3; turn++) await yieldToEventLoop();
    controller.abort();
  };
  // Not waited for: between two requests for an event nothing is computed.
  const error = await failureOf(resultOf(work, (event) => void (event.kind === 'stage' && event.stage === 'training' && abortSoon())));
  expect(error).toBeInstanceOf(AbortError);
  return (await place.trainer.runs())[0];
}

test('the optimizers differ, and other presets learn from pictures too', async () => {
  const dataset = await place.pictures(stripedFolder(12));
  const quick = { target: 'label', device: 'wasm', layers, epochs: 2, seed: 1 } as const;
  const last = async (more: Partial<TrainingSpec>): Promise<number> =>
    (await place.train(dataset, { ...quick, ...more })).run.curve[1].trainingLoss;
  const losses = [await last({}), await last({ optimizer: 'sgd' }), await last({ optimizer: 'rmsprop' }), await last({ l2: 1 })];
  expect(new Set(losses).size).toBe(4);
  const { layers: _, ...plain } = quick;
  const { run } = await place.train(dataset, { ...plain, preset: 'mlp' });
  expect(run.model.layers[0]).toEqual({ kind: 'flatten' });
  expect((await place.train(dataset, { ...plain, preset: 'linear' })).run.model.layers.map(({ kind }) => kind)).toEqual([
    'flatten',
    'dense',
  ]);
});

test('the preset resnet learns stripes, and broken off within an epoch it goes on to the same curve', async () => {
  const dataset = await place.pictures(stripedFolder(40));
  const wish = { target: 'label', device: 'wasm', preset: 'resnet', epochs: 6, batchSize: 4, seed: 3, patience: 0 } as const;
  const { run } = await place.train(dataset, wish);
  expect(run).toMatchObject({ preset: 'resnet', scores: { test: { accuracy: 1 } } });
  const cut = await interruptedWithinAnEpoch(dataset, wish);
  const resumed = (await place.train(dataset, wish, { resume: cut.id })).run;
  expect(resumed.curve).toEqual(run.curve);
  expect(resumed.scores).toEqual(run.scores);
  expect(await failureOf(place.train(dataset, { ...wish, preset: 'residual' }))).toMatchObject({ code: 'preset-needs-columns' });
});

test('what does not go together is refused by name', async () => {
  const stripesSet = await place.pictures(stripedFolder(12));
  const iris = await place.builtin('iris');
  expect(await failureOf(place.train(iris, { target: 'species', preset: 'cnn' }))).toMatchObject({ code: 'preset-needs-pictures' });
  expect(await failureOf(place.train(stripesSet, { target: 'label', split: { parts: 'file' } }))).toMatchObject({
    code: 'unknown-part',
    place: { column: 'file', row: 1 },
  });
  const larger = await place.pictures(stripedFolder(12, 12));
  expect(await failureOf(place.train(stripesSet, spec, { testDataset: larger.id }))).toMatchObject({ code: 'picture-size' });
  const { run } = await place.train(stripesSet, { ...spec, epochs: 1 });
  const csv = { kind: 'text', name: 'a.csv', text: 'a,b\n1,2\n' } as const;
  expect(await failureOf(resultOf(place.models.predictFile(run.modelId ?? '', csv)))).toMatchObject({ code: 'pictures-needed' });
  expect(await failureOf(place.models.predict(run.modelId ?? '', [{ picture: 'stripes' }]))).toMatchObject({
    code: 'wrong-value',
    place: { row: 1, column: 'picture' },
  });
  expect(
    await failureOf(
      resultOf(place.models.predictFile(tableModel(await place.train(iris, { target: 'species', epochs: 1 })), folderOf(stripedFolder(2)))),
    ),
  ).toMatchObject({
    name: 'InputError',
  });
});

const tableModel = ({ run }: { run: RunRecord }): string => run.modelId ?? '';
