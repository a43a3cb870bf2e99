/** A picture is the same however it is sent: as a file, in base64, as pixels row by row, or as a tensor. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDecoder } from '../../../src/host/node/decoder.js';
import { usualBatches } from '../../../src/serve/batcher.js';
import { usualLimits } from '../../../src/serve/limits.js';
import { Metrics } from '../../../src/serve/metrics.js';
import { Registry } from '../../../src/serve/registry.js';
import { createRouter } from '../../../src/serve/router.js';
import { png } from '../png.js';
import { stripedFolder, stripes } from '../stripes.js';
import { workplace } from '../train/workplace.js';

const place = workplace();
const registry = new Registry();
const side = 8;
const pictures = [stripes('across', 90, side, 3), stripes('down', 91, side, 3)];
const parts = { limits: usualLimits, batches: usualBatches };
const handle = createRouter({ registry, metrics: new Metrics(), limits: usualLimits, loadDecoder, management: false });
/** Of each picture, that its stripes are across: another for every other picture. */
let likely: number[];
/** The column of the pictures. */
let name: string;

const post = async (path: string, body: BodyInit, headers: Record<string, string> = {}) => {
  const response = await handle(new Request(`http://localhost${path}`, { method: 'POST', body, headers }));
  return { status: response.status, body: await response.json() };
};
/** [height][width][channels] */
const nested = ({ pixels }: { pixels: Uint8Array | Uint8ClampedArray }): number[][][] =>
  Array.from({ length: side }, (_, line) =>
    Array.from({ length: side }, (_, column) => [...pixels.subarray((line * side + column) * 3, (line * side + column + 1) * 3)]),
  );
const output = 'probability_across';
const across = (answer: Record<string, number>): number => answer[output];
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

beforeAll(async () => {
  const dataset = await place.pictures(stripedFolder(8, side, 3));
  const { run } = await place.train(dataset, { target: 'label', preset: 'linear', epochs: 10 });
  const record = await place.models.get(run.modelId ?? '');
  [{ name }] = record.fields;
  registry.add('stripes', 1, record, { store: place.store, devices: place.devices, ...parts });
  await registry.load('stripes', 1);
  const rows = await place.models.predict(
    record.id,
    pictures.map((picture) => ({ [name]: picture })),
  );
  likely = rows.map(({ probabilities }) => Number(probabilities?.find(({ value }) => value === 'across')?.probability.toPrecision(7)));
  expect(Math.abs(likely[0] - likely[1])).toBeGreaterThan(0.001);
});
afterAll(async () => {
  await registry.close();
  await place.expectTidy();
});

test('row by row: as pixels, and as a file in base64', async () => {
  for (const instances of [pictures.map(nested), pictures.map((picture) => ({ b64: base64(png(picture)) }))]) {
    const { status, body } = await post('/v1/models/stripes:predict', JSON.stringify({ instances }));
    expect([status, body.predictions.map(across)]).toEqual([200, likely]);
  }
});

test('column by column', async () => {
  const { body } = await post('/v1/models/stripes:predict', JSON.stringify({ inputs: pictures.map(nested) }));
  expect(body.outputs[output]).toEqual(likely);
});

test('as a tensor of pixels, in JSON and as bytes, and as files', async () => {
  const shape = [2, side, side, 3];
  const predicted = async (body: BodyInit, headers?: Record<string, string>) =>
    (await post('/v2/models/stripes/infer', body, headers)).body.outputs.find((each: { name: string }) => each.name === output).data;
  const tensor = (more: object) => JSON.stringify({ inputs: [{ name, datatype: 'UINT8', shape, ...more }] });
  expect(await predicted(tensor({ data: pictures.map(nested) }))).toEqual(likely);
  const bytes = pictures.map(({ pixels }) => new Uint8Array(pixels));
  const head = tensor({ parameters: { binary_data_size: bytes[0].length * 2 } });
  const headers = { 'Inference-Header-Content-Length': String(head.length) };
  expect(await predicted(new Blob([head, ...bytes]), headers)).toEqual(likely);
  expect(await predicted(tensor({ datatype: 'BYTES', shape: [2], data: pictures.map((picture) => base64(png(picture))) }))).toEqual(likely);
});

test('what is no picture is refused by its row and column', async () => {
  const broken = nested(pictures[1]);
  broken[0][0][0] = 300;
  const message = new RegExp(`Row 2, column "${name}": \\[.*300.* is not a picture`);
  const rows = await post('/v1/models/stripes:predict', JSON.stringify({ instances: [nested(pictures[0]), broken] }));
  expect([rows.status, rows.body.error]).toEqual([400, expect.stringMatching(message)]);
  const data = [nested(pictures[0]), broken];
  const inputs = [{ name, datatype: 'INT32', shape: [2, side, side, 3], data }];
  const tensor = await post('/v2/models/stripes/infer', JSON.stringify({ inputs }));
  expect([tensor.status, tensor.body.error]).toEqual([400, expect.stringMatching(message)]);
  const two = await post(
    '/v2/models/stripes/infer',
    JSON.stringify({ inputs: [{ name, datatype: 'UINT8', shape: [1, 1, 1, 2], data: [1, 2] }] }),
  );
  expect([two.status, two.body.error]).toEqual([400, expect.stringMatching(/is not a picture/)]);
});

test('as the body itself', async () => {
  const { status, body } = await post('/predictions/stripes', png(pictures[1]), { 'Content-Type': 'image/png' });
  expect([status, across(body)]).toEqual([200, likely[1]]);
  const none = await post('/predictions/stripes', new Uint8Array(), { 'Content-Type': 'image/png' });
  expect(none.status).toBe(400);
});
