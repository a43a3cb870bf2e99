/** Models of other programs that are deployed: asked by every protocol, together where that tells nobody of another, logged, mirrored, and kept. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDecoder } from '../../../src/host/node/decoder.js';
import { openOnnx } from '../../../src/host/node/open-onnx.js';
import { createTensorModels } from '../../../src/infer/tensors/create.js';
import { usualBatches } from '../../../src/serve/batcher.js';
import { createDeployments } from '../../../src/serve/create-deployments.js';
import { FollowedDeployments } from '../../../src/serve/follow-deployments.js';
import { usualLimits } from '../../../src/serve/limits.js';
import { createLogs } from '../../../src/serve/log/create.js';
import { PredictionLog } from '../../../src/serve/log/prediction-log.js';
import { Metrics } from '../../../src/serve/metrics.js';
import { Registry } from '../../../src/serve/registry.js';
import { createRouter } from '../../../src/serve/router.js';
import { Traffic } from '../../../src/serve/traffic/traffic.js';
import { small } from '../../unit/infer/onnx/build.js';
import { failureOf, workplace } from '../train/workplace.js';
import { expectAnswered } from './requests.js';
import { choice, echo, running, tensorRequests } from './tensor-requests.js';

const place = workplace();
const { store, devices } = place;
const [registry, metrics, traffic] = [new Registry(), new Metrics(), new Traffic({ draw: () => 0 })];
const deployments = createDeployments(store);
const serving = { store, devices, openOnnx, limits: usualLimits, batches: { ...usualBatches, delay: 5 } };
const followed = new FollowedDeployments({ store, registry, metrics, serving, traffic });
const log = new PredictionLog({ store, settings: (name) => followed.log(name), wait: 60_000 });
const logs = createLogs(store);
const handle = createRouter({ registry, metrics, limits: usualLimits, loadDecoder, management: false, traffic, log, logs });
const ask = (path: string, init: RequestInit) => handle(new Request(`http://localhost${path}`, init));
const post = (path: string, body: unknown) => ask(path, { method: 'POST', body: JSON.stringify(body) });
const batches = (name: string): [string, string] => {
  const figure = (what: string) => new RegExp(`batch_size_${what}\\{model_name="${name}"\\} (\\d+)`).exec(metrics.text())?.[1] ?? '';
  return [figure('sum'), figure('count')];
};
const ids: Record<string, string> = {};

beforeAll(async () => {
  for (const [name, bytes] of Object.entries({ other: small(), running: running(), choice: choice(), echo: echo() })) {
    const record = await place.models.import(new File([bytes as Uint8Array<ArrayBuffer>], `${name}.onnx`));
    ids[name] = record.id;
    await deployments.deploy(name, record.id);
  }
  await followed.refresh();
});
afterAll(async () => {
  followed.close();
  await registry.close();
  await place.expectTidy();
});

test('every request of the table has its answer', async () => {
  for (const asked of tensorRequests) await expectAnswered(asked, ask);
});

test('tensors come and go as bytes behind the JSON', async () => {
  const body = new Float32Array([1, -1, 2, 3]);
  const tensor = { name: 'x', shape: [2, 2], datatype: 'FP32', parameters: { binary_data_size: 16 } };
  const send = (inputs: object[], bytes: BlobPart) => {
    const start = JSON.stringify({ inputs, parameters: { binary_data_output: true } });
    const headers = { 'Inference-Header-Content-Length': String(start.length) };
    return ask('/v2/models/other/infer', { method: 'POST', headers, body: new Blob([start, bytes]) });
  };
  const response = await send([tensor], body);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const length = Number(response.headers.get('Inference-Header-Content-Length'));
  const { outputs } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, length)));
  expect(outputs).toEqual([{ name: 'y', shape: [2, 3], datatype: 'FP32', parameters: { binary_data_size: 24 } }]);
  expect([...new Float32Array(bytes.slice(length).buffer)]).toEqual([1, 2, 3, 14, 19, 24]);
  const long = await send([{ ...tensor, shape: [1, 2] }], body);
  expect([long.status, await long.json()]).toEqual([
    400,
    { error: expect.stringMatching(/"x" has 16 bytes, which are not 2 elements of FP32/) },
  ]);
});

test('callers are answered together only where no row depends on another', async () => {
  for (const [name, together] of [
    ['other', true],
    ['running', false],
  ] as const) {
    const before = batches(name).map(Number);
    const answers = await Promise.all(
      [1, 2, 3, 4].map(async (value) => (await post(`/v1/models/${name}:predict`, { instances: [[value, 0]] })).json()),
    );
    const wanted = [1, 2, 3, 4].map((value) => ({ predictions: [together ? [value, 2 * value, 3 * value] : [value, 0]] }));
    expect([name, answers]).toEqual([name, wanted]);
    const [rows, count] = batches(name).map((figure, index) => Number(figure) - (before[index] || 0));
    expect([name, rows, count < 4]).toEqual([name, 4, together]);
  }
});

test('a request is a row of the log, in few words, and a mirror is asked the same', async () => {
  await deployments.deploy('other', ids.other);
  await deployments.divide('other', { arms: [{ name: 'first', version: 1, weight: 100 }], mirror: { version: 2, share: 50 } });
  await followed.refresh();
  const response = await post('/v1/models/other:predict', { instances: new Array(8).fill([1, -1]) });
  expect([response.status, response.headers.get('x-benchwright-arm')]).toEqual([200, 'first']);
  await traffic.settled();
  expect(traffic.state('other')?.mirrored).toMatchObject({ requests: 1, rows: 24, agreeing: 24, failures: 0, differences: { y: 0 } });
  await log.flush();
  let text = '';
  for await (const { bytes } of logs.export('other', 'ndjson')) text += new TextDecoder().decode(bytes);
  expect(text.trim().split('\n')).toHaveLength(1);
  expect(JSON.parse(text)).toMatchObject({
    'input.x': expect.stringMatching(/^float32 \[8, 2\] [0-9a-f]{64}$/),
    'output.y': `float32 [8, 3] ${[1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1].join(', ')}, …`,
  });
});

test('it says where it came from, and stays while it answers', async () => {
  const [{ model, file }] = await deployments.lineage('echo');
  expect([model.name, file]).toEqual(['echo', { name: 'echo.onnx', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  const tensorModels = createTensorModels({ store, devices });
  expect(await failureOf(tensorModels.remove(ids.echo))).toMatchObject({ code: 'model-deployed', place: { deployment: 'echo' } });
  await deployments.remove('echo');
  await tensorModels.remove(ids.echo);
  expect(await failureOf(deployments.deploy('echo', ids.echo))).toMatchObject({ code: 'unknown-model' });
});

test('what cannot be run says why as its version’s problem', async () => {
  const own = new Registry();
  const record = await createTensorModels({ store, devices }).get(ids.other);
  own.add('other', 1, record, { store, devices, limits: usualLimits, batches: usualBatches });
  expect(await failureOf(own.load('other', 1))).toMatchObject({ code: 'no-runtime' });
  expect(own.version('other')).toMatchObject({ state: 'END', problem: { code: 'no-runtime' } });
});
