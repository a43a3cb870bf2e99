/** A model of another program, from its file to its answers: kept, used by tensors, refused by name, loaded over a connection that breaks. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { sha256 } from '../../../src/base/hash.js';
import { createWorkbench } from '../../../src/host/node/index.js';
import type { Workbench } from '../../../src/host/workbench.js';
import { createTensorModels } from '../../../src/infer/tensors/create.js';
import type { NamedTensor } from '../../../src/infer/tensors/tensor.js';
import type { TensorModelRecord } from '../../../src/spec/tensor-model.js';
import { graph, model, node, small, value } from '../../unit/infer/onnx/build.js';
import { failureOf, workplace } from '../train/workplace.js';

let workbench: Workbench;
beforeEach(async () => {
  workbench = await createWorkbench();
});
afterEach(() => workbench.close());

const imported = async (bytes: Uint8Array = small()): Promise<TensorModelRecord> =>
  (await workbench.models.import(bytes)) as TensorModelRecord;
const rows = (...values: number[]): NamedTensor => ({
  name: 'x',
  type: 'float32',
  shape: [values.length / 2, 2],
  data: Float32Array.from(values),
});

test('a file is kept as it came, and answers', async () => {
  const record = (await workbench.models.import(new File([small() as Uint8Array<ArrayBuffer>], 'my.model.onnx'))) as TensorModelRecord;
  expect(record).toMatchObject({ kind: 'tensor-model', name: 'my.model', format: 'onnx', size: small().length, source: { kind: 'file' } });
  expect(record.sha256).toBe(await sha256(small()));
  expect(await workbench.tensorModels.list()).toEqual([record]);
  expect(await workbench.models.list()).toEqual([]);
  const { outputs, provider, reason } = await workbench.tensorModels.run(record.id, [rows(1, -1, 2, 3)]);
  // Negative numbers are cut off, then [2, 2] · [2, 3].
  expect(outputs).toEqual([{ name: 'y', type: 'float32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 14, 19, 24) }]);
  expect(provider).toBe('wasm');
  expect(reason).toMatch(/^Measured: wasm takes .* ms/);
});

test.each<[string, NamedTensor[], string, RegExp]>([
  ['nothing', [], 'missing-input', /"x" is missing: expected float32 \[n, 2\]/],
  ['another name', [{ ...rows(1, 2), name: 'z' }], 'unknown-input', /no input "z"/],
  ['a name twice', [rows(1, 2), rows(1, 2)], 'unknown-input', /twice/],
  [
    'another type',
    [{ ...rows(1, 2), type: 'float64', data: Float64Array.of(1, 2) }],
    'wrong-input',
    /expected float32 \[n, 2\], but float64 \[1, 2\] was given/,
  ],
  ['another width', [{ ...rows(1, 2), shape: [2, 1] }], 'wrong-input', /but float32 \[2, 1\]/],
  ['another rank', [{ ...rows(1, 2), shape: [2] }], 'wrong-input', /but float32 \[2\]/],
  ['fewer values than its shape', [{ ...rows(1, 2), shape: [3, 2] }], 'wrong-input', /6 values for float32 \[3, 2\], but 2 values/],
  ['values of another class', [{ ...rows(1, 2), data: Float64Array.of(1, 2) }], 'wrong-input', /Float32Array/],
])('%s is refused by name', async (_, tensors, code, message) => {
  const { id } = await imported();
  const failure = await failureOf(workbench.tensorModels.run(id, tensors));
  expect(failure).toMatchObject({ name: 'InputError', code });
  expect(String(failure)).toMatch(message);
});

test('an operator that there is not is named', async () => {
  const { id } = await imported(model(graph({ nodes: [node('Teleport', ['x'], ['y'])], inputs: [value('x', 1, ['n', 2])] })));
  expect(await failureOf(workbench.tensorModels.run(id, [rows(1, 2)]))).toMatchObject({
    code: 'unsupported-operator',
    place: { operator: 'Teleport', domain: 'ai.onnx', opset: 17 },
  });
});

test('a model whose parts do not go together is told as such', async () => {
  const { id } = await imported(model(graph({ nodes: [node('Relu', ['nowhere'], ['y'])], inputs: [value('x', 1, ['n', 2])] })));
  expect(await failureOf(workbench.tensorModels.run(id, [rows(1, 2)]))).toMatchObject({ name: 'InputError', code: 'model-not-runnable' });
});

test('what was called off is not computed, and one that was deleted is restored', async () => {
  const { id } = await imported();
  const stopped = workbench.tensorModels.run(id, [rows(1, 2)], { signal: AbortSignal.abort() });
  expect(await failureOf(stopped)).toMatchObject({ name: 'AbortError' });
  await workbench.tensorModels.remove(id);
  expect(await failureOf(workbench.tensorModels.run(id, [rows(1, 2)]))).toMatchObject({ code: 'unknown-model' });
  await workbench.tensorModels.restore(id);
  expect((await workbench.tensorModels.rename(id, ' other ')).name).toBe('other');
  expect((await workbench.tensorModels.run(id, [rows(1, 2)])).outputs[0].data).toEqual(Float32Array.of(9, 12, 15));
});

test('it travels in a project file, and what is kept twice is kept once', async () => {
  const record = await imported();
  expect((await imported()).id).toBe(record.id);
  const pieces: BlobPart[] = [];
  for await (const { piece } of workbench.project.export()) pieces.push(piece.slice());
  const elsewhere = await createWorkbench();
  for await (const _ of elsewhere.project.import(new Blob(pieces)));
  expect(await elsewhere.tensorModels.get(record.id)).toEqual(record);
  expect((await elsewhere.tensorModels.run(record.id, [rows(1, 2)])).outputs[0].data).toEqual(Float32Array.of(9, 12, 15));
  expect((await elsewhere.inventory.items())[0]).toMatchObject({ kind: 'tensor-model', bytes: small().length });
  await elsewhere.close();
});

test('a deployment that comes in answers with the model that came with it, not with one that is called otherwise here', async () => {
  const { id, name } = await imported();
  await workbench.deployments.deploy('served', id);
  const exported = async (only: { kind: 'tensor-model' | 'deployment'; id: string }): Promise<Blob> => {
    const pieces: BlobPart[] = [];
    for await (const { piece } of workbench.project.export([only])) pieces.push(piece.slice());
    return new Blob(pieces);
  };
  const elsewhere = await createWorkbench();
  const take = async (file: Blob): Promise<void> => {
    for await (const _ of elsewhere.project.import(file));
  };
  await take(await exported({ kind: 'tensor-model', id }));
  await elsewhere.tensorModels.rename(id, 'mine');
  await take(await exported({ kind: 'deployment', id: 'served' }));
  const [lineage] = await elsewhere.deployments.lineage('served');
  expect(lineage.model).toEqual({ id: expect.not.stringMatching(id), name });
  await elsewhere.close();
});

test('a model of ours answers by tensors as it does by rows', async () => {
  const drained = async <Result>(events: AsyncGenerator<unknown, Result>): Promise<Result> => {
    for (let next = await events.next(); ; next = await events.next()) if (next.done) return next.value;
  };
  const dataset = await drained(workbench.datasets.import({ kind: 'builtin', name: 'penguins' }));
  const spec = { target: 'species', preset: 'linear', epochs: 2, seed: 1 } as const;
  const { modelId = '' } = await drained(workbench.trainer.train({ dataset: dataset.id, spec }));
  const { inputs, outputs } = await workbench.tensorModels.describe(modelId);
  expect(inputs[0]).toEqual({ name: 'island', type: 'string', shape: ['rows'] });
  expect(outputs.map(({ name }) => name)).toContain('probability_Gentoo');
  const rows = [
    { island: 'Biscoe', bill_length_mm: 46.8, bill_depth_mm: 13.7, flipper_length_mm: 217, body_mass_g: 4875, sex: 'female' },
    { island: 'Dream', bill_length_mm: null, bill_depth_mm: 18, flipper_length_mm: 190, body_mass_g: 3700, sex: null },
  ];
  const tensors = inputs.map(({ name, type }): NamedTensor => {
    const values = rows.map((row) => row[name as keyof (typeof rows)[0]]);
    const data =
      type === 'string' ? values.map((text) => String(text ?? '')) : Float64Array.from(values, (number) => Number(number ?? Number.NaN));
    return { name, type: type as NamedTensor['type'], shape: [2], data };
  });
  const answer = await workbench.tensorModels.run(modelId, tensors);
  const expected = await workbench.models.predict(modelId, rows);
  expect(answer.outputs[0]).toEqual({ name: 'prediction', type: 'string', shape: [2], data: expected.map(({ prediction }) => prediction) });
  const gentoo = answer.outputs.find(({ name }) => name === 'probability_Gentoo')?.data;
  const probabilities = expected.map((each) => each.probabilities?.find(({ value: of }) => of === 'Gentoo')?.probability);
  // In the digits that a file of predictions has.
  for (const [row, probability] of probabilities.entries()) expect(gentoo?.[row]).toBeCloseTo(Number(probability), 6);
  const uneven = [{ ...tensors[0], shape: [1], data: ['Biscoe'] }, ...tensors.slice(1)];
  expect(await failureOf(workbench.tensorModels.run(modelId, uneven))).toMatchObject({ code: 'wrong-input', place: { given: '2 rows' } });
});

test('a model of ours is made ready once, however often it answers by tensors', async () => {
  const place = workplace();
  const { run } = await place.train(await place.builtin('iris'), { target: 'species', preset: 'linear', epochs: 1 });
  const models = createTensorModels(place);
  const { inputs } = await models.describe(run.modelId ?? '');
  const tensors = inputs.map(({ name }): NamedTensor => ({ name, type: 'float64', shape: [1], data: Float64Array.of(1) }));
  const reading = vi.spyOn(place.store, 'getChunk');
  const [first, second] = await Promise.all([1, 2].map(() => models.run(run.modelId ?? '', tensors)));
  expect(second).toEqual(first);
  expect(await models.run(run.modelId ?? '', tensors)).toEqual(first);
  expect(reading).toHaveBeenCalledTimes(1);
  reading.mockRestore();
  await models.dispose();
  await place.expectTidy();
});

let site: Server;
let address: string;
let asked: (string | undefined)[] = [];
beforeAll(async () => {
  const file = Buffer.from(small());
  // The first answer breaks off in its middle; a range is the rest.
  site = createServer(({ headers: { range } }, response) => {
    asked.push(range);
    const from = Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
    response.setHeader('etag', '"1"');
    response.setHeader('content-length', file.length - from);
    if (from > 0) {
      response.statusCode = 206;
      response.setHeader('content-range', `bytes ${from}-${file.length - 1}/${file.length}`);
      response.end(file.subarray(from));
    } else response.write(file.subarray(0, 100), () => setTimeout(() => response.destroy(), 20));
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(site.address() as AddressInfo).port}/models/tiny.onnx?v=1`;
});
afterAll(() => site.close());

test('a file comes over a connection that breaks, is held to its hash, and then not loaded again', async () => {
  asked = [];
  const hash = await sha256(small());
  const told: number[] = [];
  const events = workbench.models.importFrom(address, { sha256: hash.toUpperCase() });
  let next = await events.next();
  for (; !next.done; next = await events.next()) told.push(next.value.bytes);
  expect(next.value).toMatchObject({ kind: 'tensor-model', name: 'tiny', sha256: hash, source: { kind: 'url', name: address } });
  expect(told.at(-1)).toBe(small().length);
  expect(asked).toEqual([undefined, 'bytes=100-']);
  expect((await workbench.models.importFrom(address, { sha256: hash }).next()).done).toBe(true);
  expect(asked).toHaveLength(2);
});

test('another file than was expected is refused, and nothing of it is kept', async () => {
  const take = async (hash: string): Promise<void> => {
    for await (const _ of workbench.models.importFrom(address, { sha256: hash }));
  };
  expect(await failureOf(take('0'.repeat(64)))).toMatchObject({ code: 'wrong-hash', place: { given: await sha256(small()) } });
  expect(await failureOf(take('12'))).toMatchObject({ code: 'wrong-hash' });
  expect(await workbench.tensorModels.list()).toEqual([]);
});
