/**
 * Models of other programs that are deployed: asked by every protocol on every host, by the code that the page offers, together where that tells
 * nobody of another, logged, mirrored, and kept.
 */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDecoder } from '../../../src/host/node/decoder.js';
import { type HttpServer, serveHttp } from '../../../src/host/node/http.js';
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
import { usualLog } from '../../../src/spec/prediction-log.js';
import type { TensorModelRecord } from '../../../src/spec/tensor-model.js';
import { snippetsFor } from '../../../src/ui/panels/serve/question.js';
import { gather, graph, model, node, small, value } from '../../unit/infer/onnx/build.js';
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

/** More values than are written by hand. */
const large = (): Uint8Array =>
  model(
    graph({
      nodes: [node('Relu', ['x'], ['y'])],
      inputs: [value('x', 1, [1, 3, 64, 64])],
      outputs: [value('y', 1, [1, 3, 64, 64])],
    }),
  );

let server: HttpServer;

beforeAll(async () => {
  server = await serveHttp(handle, { port: 0, host: '127.0.0.1' });
  for (const [name, bytes] of Object.entries({ other: small(), running: running(), choice: choice(), echo: echo(), large: large() })) {
    const record = await place.models.import(new File([bytes as Uint8Array<ArrayBuffer>], `${name}.onnx`));
    ids[name] = record.id;
    await deployments.deploy(name, record.id);
  }
  await followed.refresh();
});
afterAll(async () => {
  await server.close();
  followed.close();
  await registry.close();
  await place.expectTidy();
});

const overHttp = (path: string, init: RequestInit) => fetch(`http://127.0.0.1:${server.port}${path}`, init);

test.each([
  ['directly', ask],
  ['over HTTP in Node', overHttp],
])('every request of the table has its answer, asked %s', async (_, host) => {
  for (const asked of tensorRequests) await expectAnswered(asked, host);
});

test('the code that the page offers is answered, by every protocol that it names', async () => {
  for (const [name, long] of [['other'], ['choice'], ['echo'], ['large', true]] as const) {
    const record = (await store.get('tensor-model', ids[name])) as TensorModelRecord;
    const snippets = snippetsFor(record, undefined, name, { kind: 'newest' });
    expect([name, snippets.length]).toEqual([name, long ? 3 : 6]);
    for (const { title, code } of snippets) {
      const by = [run, sentByCurl, sentByPython][['fetch', 'curl', 'Python'].findIndex((each) => title.startsWith(each))];
      const asked = await by(code);
      expect([title, asked.status, await asked.json()]).toEqual([title, 200, expect.objectContaining({ outputs: expect.anything() })]);
    }
  }
});

/** As a script of the page. */
async function run(code: string): Promise<Response> {
  let answer: Response | undefined;
  const asking = new Function('fetch', `return (async () => { ${code} })()`) as (fetch: unknown) => Promise<void>;
  await asking(async (path: string, init: RequestInit) => {
    answer = await ask(`/${path}`, init);
    return answer.clone();
  });
  return answer ?? Response.error();
}

/** Without Python: its raw text, and the lists that it makes. */
function sentByPython(code: string): Promise<Response> {
  const [, address] = /post\('([^']+)'/.exec(code) ?? [];
  const body = JSON.parse(/[(=]r'(.*)'\)/.exec(code)?.[1] ?? '');
  for (const [, at, zero, times] of code.matchAll(/^body\['inputs'\]\[(\d+)\]\['data'\] = \[(.+)\] \* (\d+)$/gm))
    body.inputs[Number(at)].data = new Array(Number(times)).fill(Number(zero));
  return post(new URL(address).pathname, body);
}

/** A shell without a network: what would have been sent is sent here. */
function sentByCurl(code: string): Promise<Response> {
  const [serve, ...lines] = code.split('\n');
  expect(serve).toMatch(/^npx benchwright serve \w+\.onnx /);
  const curl = 'curl() { if [ "$3" = @- ]; then cat; else printf %s "$3"; fi; printf "\\n%s" "$1"; }';
  const [body, address] = execFileSync('sh', ['-c', `${curl}\n${lines.join('\n')}`], { encoding: 'utf8' }).split(/\n(?=http)/);
  return ask(new URL(address).pathname, { method: 'POST', body });
}

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
  await deployments.keepLog('other', usualLog);
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

test('what one caller asks wrongly is told to that caller alone', async () => {
  const { id } = await place.models.import(new File([gather() as Uint8Array<ArrayBuffer>], 'gather.onnx'));
  await deployments.deploy('gather', id);
  await followed.refresh();
  const answers = await Promise.all(
    [0, 99, 1].map(async (which) => (await post('/v1/models/gather:predict', { inputs: { which: [which] } })).json()),
  );
  expect(answers).toEqual([
    { outputs: [[1, 2]] },
    { error: expect.stringMatching(/^The model cannot be run: .*idx=99/) },
    { outputs: [[3, 4]] },
  ]);
});
