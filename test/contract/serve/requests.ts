/** One table of requests and their answers, which every host of the router has to give: the protocols as they are written down. */

import { expect } from 'vitest';
import type { Limits } from '../../../src/serve/limits.js';

export interface Asked {
  what: string;
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT';
  path: string;
  headers?: Record<string, string>;
  /** Sent as JSON unless it is a text or bytes. */
  body?: unknown;
  status: number;
  /** What the answer's JSON has to match; of a text what it has to contain, and of the empty text that there is none. */
  answer: unknown;
  /** What the answer's headers have to be. */
  told?: Record<string, string>;
}

/** Stands for any number. */
export const anyNumber = Symbol('a number');

export const row = {
  island: 'Biscoe',
  bill_length_mm: 46.8,
  bill_depth_mm: 13.7,
  flipper_length_mm: 217,
  body_mass_g: 4875,
  sex: 'female',
};
const columns = Object.keys(row);
const list = Object.values(row);
const tensors = [
  { name: 'island', shape: [1], datatype: 'BYTES', data: ['Biscoe'] },
  ...columns.slice(1, 5).map((name, index) => ({ name, shape: [1, 1], datatype: 'FP64', data: [[list[index + 1]]] })),
  { name: 'sex', shape: [1], datatype: 'BYTES', data: ['female'] },
];
const without = (name: string): object => Object.fromEntries(Object.entries(row).filter(([key]) => key !== name));

/**
 * Of penguins: `species` predicts their kind, `mass` (from the others but without sex) what they weigh.
 * @param limits of the host
 */
export function requests(likely: object, mass: number, limits: Pick<Limits, 'bytes' | 'rows'>): Asked[] {
  const massRow = without('body_mass_g');
  return [
    // TensorFlow Serving
    {
      what: 'status',
      path: '/v1/models/species',
      status: 200,
      answer: { model_version_status: [{ version: '1', state: 'AVAILABLE', status: { error_code: 'OK', error_message: '' } }] },
    },
    { what: 'status by its head alone', method: 'HEAD', path: '/v1/models/species', status: 200, answer: '' },
    { what: 'an error by its head alone', method: 'HEAD', path: '/v1/models/nothing', status: 404, answer: '' },
    {
      what: 'status in capitals',
      path: '/V1/Models/species/Versions/1',
      status: 200,
      answer: { model_version_status: [{ version: '1' }] },
    },
    {
      what: 'metadata',
      path: '/v1/models/species/metadata',
      status: 200,
      answer: {
        model_spec: { name: 'species', signature_name: '', version: '1' },
        metadata: {
          signature_def: {
            signature_def: {
              serving_default: {
                inputs: {
                  island: { dtype: 'DT_STRING', tensor_shape: { dim: [{ size: '-1', name: '' }], unknown_rank: false } },
                  body_mass_g: { dtype: 'DT_DOUBLE' },
                },
                outputs: { prediction: { dtype: 'DT_STRING' }, probability_Gentoo: { dtype: 'DT_DOUBLE' } },
              },
            },
          },
        },
      },
    },
    {
      what: 'instances by column',
      path: '/v1/models/species:predict',
      body: { instances: [row] },
      status: 200,
      answer: { predictions: [likely] },
      told: { 'x-benchwright-version': '1' },
    },
    {
      what: 'instances as lists',
      path: '/v1/models/species/versions/1:predict',
      body: { signature_name: 'serving_default', instances: [list, list] },
      status: 200,
      answer: { predictions: [likely, likely] },
    },
    {
      what: 'a label',
      path: '/v1/models/species/labels/stable:predict',
      body: { instances: [row] },
      status: 200,
      answer: { predictions: [likely] },
    },
    {
      what: 'inputs by column',
      path: '/v1/models/species:predict',
      body: { inputs: Object.fromEntries(columns.map((name, index) => [name, [list[index]]])) },
      status: 200,
      answer: { outputs: { prediction: ['Gentoo'] } },
    },
    {
      what: 'one output has no name',
      path: '/v1/models/mass:predict',
      body: { instances: [massRow] },
      status: 200,
      answer: { predictions: [mass] },
    },
    {
      what: 'NaN as a bare word',
      path: '/v1/models/species:predict',
      body: JSON.stringify({ instances: [{ ...row, body_mass_g: 0 }] }).replace(':0', ':NaN'),
      status: 200,
      answer: { predictions: [{ prediction: 'Gentoo' }] },
    },
    {
      what: 'a text in base64',
      path: '/v1/models/species:predict',
      body: { instances: [{ ...row, sex: { b64: 'ZmVtYWxl' } }] },
      status: 200,
      answer: { predictions: [likely] },
    },
    { what: 'no instance', path: '/v1/models/species:predict', body: { instances: [] }, status: 200, answer: { predictions: [] } },
    {
      what: 'classify',
      path: '/v1/models/species:classify',
      body: { context: { island: 'Biscoe' }, examples: [{ ...without('island'), body_mass_g: [4875] }] },
      status: 200,
      answer: {
        results: [
          [
            ['Adelie', anyNumber],
            ['Chinstrap', anyNumber],
            ['Gentoo', anyNumber],
          ],
        ],
      },
    },
    { what: 'regress', path: '/v1/models/mass:regress', body: { examples: [massRow] }, status: 200, answer: { results: [mass] } },
    {
      what: 'regress of classes',
      path: '/v1/models/species:regress',
      body: { examples: [row] },
      status: 400,
      answer: { error: /cannot regress/ },
    },
    {
      what: 'no explainer',
      path: '/v1/models/species:explain',
      body: { instances: [row] },
      status: 501,
      answer: { error: /no explainer/ },
    },
    {
      what: 'unknown model',
      path: '/v1/models/half:predict',
      body: { instances: [1] },
      status: 404,
      answer: { error: 'Servable not found for request: Latest(half)' },
    },
    {
      what: 'unknown version',
      path: '/v1/models/species/versions/7:predict',
      body: { instances: [1] },
      status: 404,
      answer: { error: 'Servable not found for request: Specific(species, 7)' },
    },
    { what: 'unknown label', path: '/v1/models/species/labels/canary', method: 'GET', status: 404, answer: { error: /canary/ } },
    {
      what: 'unknown feature',
      path: '/v1/models/species:predict',
      body: { instances: [row, { ...row, colour: 'red' }] },
      status: 400,
      answer: { error: /Row 2.*"colour"/ },
    },
    {
      what: 'missing feature',
      path: '/v1/models/species:predict',
      body: { instances: [without('sex')] },
      status: 400,
      answer: { error: /Row 1.*"sex"/ },
    },
    {
      what: 'wrong value',
      path: '/v1/models/species:predict',
      body: { instances: [{ ...row, body_mass_g: 'heavy' }] },
      status: 400,
      answer: { error: /Row 1, column "body_mass_g".*heavy/ },
    },
    {
      what: 'too few values',
      path: '/v1/models/species:predict',
      body: { instances: [[1, 2]] },
      status: 400,
      answer: { error: /2 values; the model takes 6/ },
    },
    {
      what: 'both forms',
      path: '/v1/models/species:predict',
      body: { instances: [], inputs: {} },
      status: 400,
      answer: { error: /either/ },
    },
    {
      what: 'other signature',
      path: '/v1/models/species:predict',
      body: { signature_name: 'x', instances: [] },
      status: 400,
      answer: { error: /signature/ },
    },
    { what: 'no JSON', path: '/v1/models/species:predict', body: '{"instances": [', status: 400, answer: { error: /JSON Parse error/ } },
    {
      what: 'a hostile key',
      path: '/v1/models/species:predict',
      body: '{"instances": [{"__proto__": {"island": 1}}]}',
      status: 400,
      answer: { error: /__proto__/ },
    },
    {
      what: 'a deep body',
      path: '/v1/models/species:predict',
      body: `{"instances": ${'['.repeat(50_000)}`,
      status: 400,
      answer: { error: /within one another/ },
    },
    {
      what: 'a long body',
      path: '/v1/models/species:predict',
      body: `{"instances": ["${'x'.repeat(limits.bytes)}"]}`,
      status: 413,
      answer: { error: new RegExp(`more than ${limits.bytes} bytes`) },
    },
    {
      what: 'many rows',
      path: '/v1/models/species:predict',
      body: { instances: new Array(limits.rows + 1).fill(0) },
      status: 400,
      answer: { error: new RegExp(`${limits.rows + 1} rows; at most ${limits.rows}`) },
    },
    { what: 'wrong method', path: '/v1/models/species:predict', method: 'GET', status: 405, answer: { error: /POST/ } },
    { what: 'unknown path', path: '/v2/model', status: 404, answer: { error: /^Malformed request: GET \/v2\/model\. There are / } },
    // Open Inference Protocol
    { what: 'server metadata', path: '/v2', status: 200, answer: { name: 'benchwright', extensions: ['binary_tensor_data'] } },
    { what: 'live', path: '/v2/health/live', status: 200, answer: { live: true } },
    { what: 'ready', path: '/v2/health/ready', status: 200, answer: { ready: true } },
    { what: 'models', path: '/v2/models', status: 200, answer: { models: ['species', 'mass'] } },
    {
      what: 'model metadata',
      path: '/v2/models/species',
      status: 200,
      answer: {
        name: 'species',
        versions: ['1'],
        platform: 'benchwright_benchwrightv1',
        inputs: [{ name: 'island', datatype: 'BYTES', shape: [-1] }, {}, {}, {}, {}, {}],
        outputs: [{ name: 'prediction', datatype: 'BYTES', shape: [-1] }, {}, {}, {}],
      },
    },
    { what: 'model ready', path: '/v2/models/species/versions/1/ready', status: 200, answer: { name: 'species', ready: true } },
    {
      what: 'infer',
      path: '/v2/models/species/infer',
      body: { id: '42', inputs: tensors },
      status: 200,
      answer: {
        model_name: 'species',
        model_version: '1',
        id: '42',
        outputs: [{ name: 'prediction', shape: [1], datatype: 'BYTES', data: ['Gentoo'] }, {}, {}, {}],
      },
    },
    {
      what: 'one output',
      path: '/v2/models/species/infer',
      body: { inputs: tensors, outputs: [{ name: 'probability_Gentoo' }] },
      status: 200,
      answer: { outputs: [{ name: 'probability_Gentoo', datatype: 'FP64' }] },
    },
    {
      what: 'missing tensor',
      path: '/v2/models/species/infer',
      body: { inputs: tensors.slice(1) },
      status: 400,
      answer: { error: /"island" is missing/ },
    },
    {
      what: 'unknown tensor',
      path: '/v2/models/species/infer',
      body: { inputs: [...tensors, { ...tensors[0], name: 'x' }] },
      status: 400,
      answer: { error: /no input "x"/ },
    },
    {
      what: 'wrong shape',
      path: '/v2/models/species/infer',
      body: { inputs: [{ ...tensors[0], shape: [1, 2, 1] }, ...tensors.slice(1)] },
      status: 400,
      answer: { error: /"island" has the shape \[1, 2, 1\]; expected \[-1\]/ },
    },
    {
      what: 'wrong datatype',
      path: '/v2/models/species/infer',
      body: { inputs: [...tensors.slice(0, 4), { ...tensors[4], datatype: 'BYTES' }, tensors[5]] },
      status: 400,
      answer: { error: /"body_mass_g" is BYTES; expected FP64/ },
    },
    {
      what: 'wrong number of elements',
      path: '/v2/models/species/infer',
      body: { inputs: [{ ...tensors[0], shape: [2] }, ...tensors.slice(1)] },
      status: 400,
      answer: { error: /1 elements; its shape \[2\] says 2/ },
    },
    { what: 'no tensors', path: '/v2/models/species/infer', body: {}, status: 400, answer: { error: /inputs/ } },
    {
      what: 'management that is off',
      path: '/v2/repository/models/species/unload',
      method: 'POST',
      status: 400,
      answer: { error: /--management/ },
    },
    // TorchServe
    { what: 'ping', path: '/ping', status: 200, answer: { status: 'Healthy' } },
    { what: 'predictions of one', path: '/predictions/species', body: row, status: 200, answer: likely },
    { what: 'predictions of several', path: '/predictions/species/1.0', body: [row, row], status: 200, answer: [likely, likely] },
    {
      what: 'predictions of nobody',
      path: '/predictions/half',
      body: row,
      status: 404,
      answer: { code: 404, type: 'ModelNotFoundException', message: /half/ },
    },
    {
      what: 'explanations of nobody',
      path: '/explanations/species',
      body: row,
      status: 501,
      answer: { code: 501, type: 'NotImplementedException', message: /no explainer/ },
    },
    // Benchwright
    { what: 'traffic that is not divided', path: '/benchwright/models/species/traffic', status: 200, answer: { arms: [], events: [] } },
    { what: 'traffic of nobody', path: '/benchwright/models/half/traffic', status: 404, answer: { error: /half/ } },
    {
      what: 'a rollback that is off',
      path: '/benchwright/models/species/traffic/rollback',
      method: 'POST',
      status: 400,
      answer: { error: /--management/ },
    },
    { what: 'a log that is off', path: '/benchwright/models/species/log', status: 400, answer: { error: /--management/ } },
    {
      what: 'outcomes that nobody keeps',
      path: '/benchwright/models/species/outcomes',
      body: { outcomes: [{ id: 'a', event: 'click' }] },
      status: 400,
      answer: { error: /--log/ },
    },
    // Prometheus
    {
      what: 'metrics',
      path: '/monitoring/prometheus/metrics',
      status: 200,
      answer: ':tensorflow:serving:request_count{model_name="species",status="200"}',
    },
  ];
}

/** Texts by patterns, `anyNumber` by any number, everything else as it is. */
function matcher(expected: unknown): unknown {
  if (expected === anyNumber) return expect.any(Number);
  if (expected instanceof RegExp) return expect.stringMatching(expected);
  if (Array.isArray(expected)) return expected.map(matcher);
  if (typeof expected !== 'object' || expected === null) return expected;
  return expect.objectContaining(Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, matcher(value)])));
}

/** @param ask as `fetch`, of the host that is tested */
export async function expectAnswered(
  { what, method, path, headers, body, status, answer, told = {} }: Asked,
  ask: (path: string, init: RequestInit) => Promise<Pick<Response, 'status' | 'headers' | 'text'>>,
): Promise<void> {
  const sent = body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const init = {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    ...(headers ? { headers } : {}),
    ...(sent === undefined ? {} : { body: sent }),
  };
  const response = await ask(path, init as RequestInit);
  const text = await response.text();
  expect([what, response.status, response.status === status ? '' : text]).toEqual([what, status, '']);
  expect([what, Object.fromEntries(Object.keys(told).map((name) => [name, response.headers.get(name)]))]).toEqual([what, told]);
  if (answer === '') expect(text, what).toBe('');
  else if (typeof answer === 'string') expect(text, what).toContain(answer);
  else expect(JSON.parse(text), what).toEqual(matcher(answer));
}
