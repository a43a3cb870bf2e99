/** Requests to models of other programs, and their answers, wherever the router is hosted: beside those of `requests.ts`. */
import { graph, model, node, tensor, value } from '../../unit/infer/onnx/build.js';
import type { Asked } from './requests.js';

/** Sums along its rows: the answer to one row depends on those before it. [n, 2] in and out. */
export const running = (): Uint8Array =>
  model(
    graph({
      nodes: [node('CumSum', ['x', 'axis'], ['y'])],
      inputs: [value('x', 1, ['n', 2])],
      outputs: [value('y', 1, ['n', 2])],
      constants: [tensor('axis', [], new Uint8Array(Int32Array.of(0).buffer), 6)],
    }),
  );

/** A choice of two numbers of 64 bits by a condition, each [2, 2]. */
export const choice = (): Uint8Array =>
  model(
    graph({
      nodes: [node('Where', ['if', 'yes', 'no'], ['chosen'])],
      inputs: [value('if', 9, [2, 2]), value('yes', 7, [2, 2]), value('no', 7, [2, 2])],
      outputs: [value('chosen', 7, [2, 2])],
    }),
  );

/** A text that goes through, of any length. */
export const echo = (): Uint8Array =>
  model(graph({ nodes: [node('Identity', ['said'], ['heard'])], inputs: [value('said', 8, ['n'])], outputs: [value('heard', 8, ['n'])] }));

const two = [
  [1, -1],
  [2, 3],
];
const answers = [
  [1, 2, 3],
  [14, 19, 24],
];
const x = { name: 'x', shape: [2, 2], datatype: 'FP32', data: two };
const chosen = [
  { name: 'if', shape: [2, 2], datatype: 'BOOL', data: [true, false, true, true] },
  { name: 'yes', shape: [2, 2], datatype: 'INT64', data: [9, 8, 7, '9007199254740993'] },
  { name: 'no', shape: [2, 2], datatype: 'INT64', data: [3, 2, 1, 0] },
];

/** `small` of `build.ts` is deployed as `other`, `running`, `choice` and `echo` under their names. */
export const tensorRequests: readonly Asked[] = [
  // TensorFlow Serving
  {
    what: 'metadata',
    path: '/v1/models/other/metadata',
    status: 200,
    answer: {
      metadata: {
        signature_def: {
          signature_def: {
            serving_default: {
              inputs: {
                x: { dtype: 'DT_FLOAT', tensor_shape: { dim: [{ size: '-1' }, { size: '2' }], unknown_rank: false }, name: 'x' },
              },
              outputs: { y: { dtype: 'DT_FLOAT' } },
            },
          },
        },
      },
    },
  },
  {
    what: 'instances are stacked',
    path: '/v1/models/other:predict',
    body: { instances: two },
    status: 200,
    answer: { predictions: answers },
    told: { 'x-benchwright-version': '1' },
  },
  {
    what: 'instances by name',
    path: '/v1/models/other:predict',
    body: { instances: two.map((row) => ({ x: row })) },
    status: 200,
    answer: { predictions: answers },
  },
  { what: 'inputs', path: '/v1/models/other:predict', body: { inputs: two }, status: 200, answer: { outputs: answers } },
  { what: 'inputs by name', path: '/v1/models/other:predict', body: { inputs: { x: two } }, status: 200, answer: { outputs: answers } },
  {
    what: 'a fixed shape',
    path: '/v1/models/choice:predict',
    body: {
      instances: [
        { if: [true, false], yes: [9, 8], no: [3, 2] },
        { if: [true, true], yes: [7, 6], no: [1, 0] },
      ],
    },
    status: 200,
    answer: {
      predictions: [
        [9, 2],
        [7, 6],
      ],
    },
  },
  {
    what: 'a fixed shape, and another',
    path: '/v1/models/choice:predict',
    body: { instances: [{ if: [true, false], yes: [9, 8], no: [3, 2] }] },
    status: 400,
    answer: { error: /"if" is wrong: expected bool \[2, 2\], but bool \[1, 2\] was given/ },
  },
  {
    what: 'texts in base64',
    path: '/v1/models/echo:predict',
    body: { instances: [{ b64: 'aMOpIQ==' }, 'plain'] },
    status: 200,
    answer: { predictions: ['hé!', 'plain'] },
  },
  {
    what: 'rows of several lengths',
    path: '/v1/models/other:predict',
    body: { instances: [[1, 2], [3]] },
    status: 400,
    answer: { error: /"x" is wrong: expected float32 \[n, 2\], but lists of several lengths/ },
  },
  {
    what: 'a text where a number belongs',
    path: '/v1/models/other:predict',
    body: { inputs: { x: [[1, 'two']] } },
    status: 400,
    answer: { error: /"x" is wrong: expected float32 \[n, 2\], but "two"/ },
  },
  {
    what: 'an input that there is not',
    path: '/v1/models/other:predict',
    body: { inputs: { x: two, z: 1 } },
    status: 400,
    answer: { error: /no input "z".*"x"/ },
  },
  {
    what: 'an input that is missing',
    path: '/v1/models/choice:predict',
    body: {
      inputs: {
        if: [
          [true, true],
          [true, true],
        ],
        yes: [
          [1, 2],
          [3, 4],
        ],
      },
    },
    status: 400,
    answer: { error: /"no" is missing: expected int64 \[2, 2\]/ },
  },
  {
    what: 'a hostile key',
    path: '/v1/models/other:predict',
    body: '{"instances": [{"__proto__": [1, 2]}]}',
    status: 400,
    answer: { error: /__proto__/ },
  },
  {
    what: 'classify',
    path: '/v1/models/other:classify',
    body: { examples: [{ x: [1, 2] }] },
    status: 400,
    answer: { error: /"other" cannot classify/ },
  },
  {
    what: 'regress',
    path: '/v1/models/other:regress',
    body: { examples: [{ x: [1, 2] }] },
    status: 400,
    answer: { error: /cannot regress/ },
  },
  {
    what: 'explain',
    path: '/v1/models/other:explain',
    body: { instances: two },
    status: 501,
    answer: { error: /cannot be explained|cannot be/ },
  },
  // Open Inference Protocol
  {
    what: 'model metadata',
    path: '/v2/models/other',
    status: 200,
    answer: {
      name: 'other',
      versions: ['1'],
      platform: 'onnx_onnxv1',
      inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 2] }],
      outputs: [{ name: 'y', datatype: 'FP32', shape: [-1, 3] }],
    },
  },
  { what: 'model ready', path: '/v2/models/other/ready', status: 200, answer: { name: 'other', ready: true } },
  {
    what: 'infer',
    path: '/v2/models/other/infer',
    body: { id: '7', inputs: [x] },
    status: 200,
    answer: {
      model_name: 'other',
      model_version: '1',
      id: '7',
      outputs: [{ name: 'y', shape: [2, 3], datatype: 'FP32', data: answers.flat() }],
    },
  },
  {
    what: 'whole numbers of 64 bits and truths',
    path: '/v2/models/choice/infer',
    body: { inputs: chosen, outputs: [{ name: 'chosen' }] },
    status: 200,
    answer: { outputs: [{ name: 'chosen', shape: [2, 2], datatype: 'INT64', data: [9, 2, 7, '9007199254740993'] }] },
  },
  {
    what: 'texts',
    path: '/v2/models/echo/infer',
    body: { inputs: [{ name: 'said', shape: [2], datatype: 'BYTES', data: ['a', ''] }] },
    status: 200,
    answer: { outputs: [{ name: 'heard', shape: [2], datatype: 'BYTES', data: ['a', ''] }] },
  },
  {
    what: 'wrong datatype',
    path: '/v2/models/other/infer',
    body: { inputs: [{ ...x, datatype: 'FP64' }] },
    status: 400,
    answer: { error: /Input "x" is FP64 \[2, 2\]; expected FP32 \[-1, 2\]/ },
  },
  {
    what: 'wrong shape',
    path: '/v2/models/other/infer',
    body: { inputs: [{ ...x, shape: [4, 1] }] },
    status: 400,
    answer: { error: /Input "x" is FP32 \[4, 1\]; expected FP32 \[-1, 2\]/ },
  },
  {
    what: 'wrong number of elements',
    path: '/v2/models/other/infer',
    body: { inputs: [{ ...x, shape: [99, 2] }] },
    status: 400,
    answer: { error: /4 elements; its shape \[99, 2\] says 198/ },
  },
  {
    what: 'unknown tensor',
    path: '/v2/models/other/infer',
    body: { inputs: [x, { ...x, name: 'z' }] },
    status: 400,
    answer: { error: /no input "z"; its inputs are "x"/ },
  },
  {
    what: 'a tensor twice',
    path: '/v2/models/other/infer',
    body: { inputs: [x, x] },
    status: 400,
    answer: { error: /"x" is given twice/ },
  },
  {
    what: 'missing tensor',
    path: '/v2/models/choice/infer',
    body: { inputs: chosen.slice(1) },
    status: 400,
    answer: { error: /"if" is missing/ },
  },
  {
    what: 'unknown output',
    path: '/v2/models/other/infer',
    body: { inputs: [x], outputs: [{ name: 'z' }] },
    status: 400,
    answer: { error: /no output "z"; its outputs are "y"/ },
  },
  // TorchServe
  {
    what: 'predictions',
    path: '/predictions/other',
    body: two,
    status: 501,
    answer: { code: 501, type: 'NotImplementedException', message: /takes tensors.*infer/ },
  },
  {
    what: 'explanations',
    path: '/explanations/other',
    body: two,
    status: 501,
    answer: { code: 501, type: 'NotImplementedException' },
  },
  // Prometheus
  { what: 'metrics', path: '/metrics', status: 200, answer: ':tensorflow:serving:request_count{model_name="other",status="200"}' },
];
