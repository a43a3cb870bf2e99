/** Texts read word by word: from the table to answers about texts that nobody has seen; and padding, which changes none of them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parametersOf } from '../../../src/compute/plan/parameters.js';
import { openWasmEngine } from '../../../src/compute/wasm/engine.js';
import type { FittedTokens } from '../../../src/spec/fitted-steps.js';
import type { ModelSpec } from '../../../src/spec/model.js';
import type { TrainingSpec } from '../../../src/spec/training.js';
import { recipesFor } from '../../../src/train/presets/auto.js';
import { textAnswers, textJob } from '../host/text-job.js';
import { letters } from '../texts.js';
import { failureOf, workplace } from './workplace.js';

const presets = ['text-cnn', 'transformer'] as const;
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const post = (each: number, seed: number): string =>
  `pages,message,kind\n${letters(each, seed)
    .map(({ pages, text, kind }) => `${pages},${quoted(text)},${kind}`)
    .join('\n')}\n`;

let place: ReturnType<typeof workplace>;
beforeAll(() => {
  place = workplace();
});
afterAll(() => place.expectTidy());

test.each(presets)('%s reads what letters are about, beside their other columns, and answers about raw texts', async (preset) => {
  const dataset = await place.table(post(40, 1));
  const spec: TrainingSpec = { target: 'kind', preset, epochs: 8, learningRate: 0.01, seed: 1, device: 'wasm' };
  const { run } = await place.train(dataset, spec);
  expect(run.preset).toBe(preset);
  expect(run.pipeline.steps.map(({ kind, column }) => [kind, column])).toEqual([
    ['number', 'pages'],
    ['tokens', 'message'],
  ]);
  const { length } = run.pipeline.steps[1] as FittedTokens;
  expect(run.pipeline.inputs).toBe(1 + length);
  expect((run.scores!.test as { accuracy: number }).accuracy).toBeGreaterThan(0.8);
  // The measure beside it is a linear model of the same words.
  expect((run.linear!.test as { accuracy: number }).accuracy).toBeGreaterThan(0.8);
  const [told, shouted, longer, empty, missing] = await place.models.predict(run.modelId!, [
    { pages: 2, message: 'the parcel has not arrived' },
    { pages: 2, message: 'THE PARCEL, has not: arrived' },
    { pages: 2, message: `the parcel has not arrived ${'. '.repeat(400)}` },
    { pages: 2, message: '' },
    { pages: 2, message: null },
  ]);
  expect(told.prediction).toBe('delivery');
  expect(shouted).toEqual(told);
  expect(longer).toEqual(told);
  expect(missing).toEqual(empty);
  expect(empty.probabilities).not.toEqual(told.probabilities);
});

test('a text is answered about in Node as in a page, to the last bit', async () => {
  expect(await textJob(place)).toEqual(textAnswers);
});

/** The same weights for a text of another length: what belongs to later places is left as it comes. */
function carried(from: ModelSpec, weights: Float32Array, to: ModelSpec): Float32Array {
  const [source, target] = [parametersOf(from), parametersOf(to)];
  const carriedOver = new Float32Array(target.reduce((sum, { size }) => sum + size, 0)).fill(3);
  for (const [index, { offset, size }] of source.entries()) carriedOver.set(weights.subarray(offset, offset + size), target[index].offset);
  return carriedOver;
}

test.each(presets)('%s: padding changes no bit, neither how much of it there is nor what its vector is', async (preset) => {
  const modelOf = (length: number): ModelSpec =>
    recipesFor(
      { target: 'y', preset },
      { task: 'classification', inputs: length, outputs: 3, rows: 500, texts: [{ input: 0, length, vocabulary: 30 }] },
    ).main.model;
  const engine = await openWasmEngine();
  const answer = async (model: ModelSpec, weights: Float32Array, words: readonly number[]): Promise<number[]> => {
    const network = await engine.prepare(model, { batchSize: 2, seed: 1 });
    network.setWeights(weights);
    const inputs = new Float32Array(2 * model.inputs);
    inputs.set(words);
    // A second text, longer than the first, in the same batch.
    inputs.set([4, 5, 6, 7, 8, 9, 10], model.inputs);
    const outputs = await network.forward(inputs, 2);
    network.dispose();
    return [...outputs];
  };
  const [short, long] = [modelOf(8), modelOf(21)];
  const count = parametersOf(short).reduce((sum, { size }) => sum + size, 0);
  const weights = Float32Array.from({ length: count }, (_, index) => Math.sin(index * 12.9898) * 0.3);
  const words = [2, 17, 29, 1, 3];
  const own = await answer(short, weights, words);
  expect(await answer(long, carried(short, weights, long), words)).toEqual(own);

  const embedding = parametersOf(short).find(({ layer }) => short.layers[layer].kind === 'embedding')!;
  const vectorOf = (word: number): number => embedding.offset + (word * embedding.size) / 30;
  const louder = weights.slice().fill(9, vectorOf(0), vectorOf(1));
  expect(await answer(short, louder, words)).toEqual(own);
  const other = weights.slice().fill(9, vectorOf(3), vectorOf(4));
  expect(await answer(short, other, words)).not.toEqual(own);
  // A text without a word is no error, and what it answers is finite.
  expect((await answer(short, weights, [])).every(Number.isFinite)).toBe(true);
  engine.dispose();
});

test('several texts are read each by itself; more than a network has room for are refused where they were asked for, and counted where not', async () => {
  const rows = letters(10, 3).map(({ text, kind }) => `${Array.from({ length: 5 }, () => quoted(text)).join(',')},${kind}`);
  const dataset = await place.table(`a,b,c,d,e,kind\n${rows.join('\n')}\n`);
  const types = ['a', 'b', 'c', 'd', 'e'];
  const spec: TrainingSpec = { target: 'kind', preset: 'text-cnn', epochs: 1, seed: 1, device: 'wasm' };
  const { run } = await place.train(dataset, spec);
  expect(run.pipeline.steps.map(({ kind }) => kind)).toEqual(['tokens', 'tokens', 'tokens', 'tokens', 'words']);
  expect(run.model.layers.filter(({ kind }) => kind === 'embedding')).toHaveLength(4);
  const columns = types.map((column) => ({ column, step: { as: 'tokens' as const } }));
  expect(await failureOf(place.train(dataset, { ...spec, pipeline: { columns } }))).toMatchObject({
    code: 'too-many-texts',
    place: { field: 'pipeline' },
  });
});

test('a table without texts is told so', async () => {
  const iris = await place.builtin('iris');
  expect(await failureOf(place.train(iris, { target: 'species', preset: 'transformer', device: 'wasm' }))).toMatchObject({
    name: 'InputError',
    code: 'preset-needs-texts',
    place: { field: 'preset' },
  });
});

test('words in their order are no inputs of an autoencoder, which says so', async () => {
  const dataset = await place.table(post(10, 2));
  const columns = [{ column: 'message', step: { as: 'tokens' as const } }];
  const asked = place.train(dataset, { target: '', task: 'anomaly', ignore: ['kind'], pipeline: { columns }, device: 'wasm' });
  expect(await failureOf(asked)).toMatchObject({ code: 'step-misfit' });
});
