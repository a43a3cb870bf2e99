/** The Open Inference Protocol V2 (kserve/open-inference-protocol, inference_rest.md) with its binary extension, and KServe's list and repository. */
import { version as release } from '../../base/version.js';
import { valuesOf } from '../../infer/tensors/json.js';
import type { TensorSpec } from '../../spec/tensor-model.js';
import { validate } from '../../spec/validate.js';
import { parseJson, writeJson } from '../json.js';
import { writeElements } from '../rows/datatypes.js';
import { namesOf, wrongRequest } from '../rows/instances.js';
import { datatypesOf, InferRequest, rowsOfTensors } from '../rows/tensors.js';
import type { Answering } from '../served-model.js';
import { signatureOf } from '../signature.js';
import { bytesOfData, extentsOf, inferenceType } from '../tensors/datatypes.js';
import { tensorsOfInfer } from '../tensors/requests.js';
import { requireManagement } from './management.js';
import { readingOf } from './reading.js';
import { json } from './replies.js';
import type { Call, Route } from './route.js';
import { wantedOf } from './wanted.js';

const model = '/v2/models/(?<name>[^/:]+)(?:/versions/(?<version>\\d+))?';
const path = (end: string): RegExp => new RegExp(`^${model}${end}$`);
const headerLength = 'Inference-Header-Content-Length';

export const openInference: readonly Route[] = [
  { method: 'GET', path: /^\/v2$/, answer: () => json({ name: 'benchwright', version: release, extensions: ['binary_tensor_data'] }) },
  { method: 'GET', path: /^\/v2\/health\/live$/, answer: () => json({ live: true }) },
  { method: 'GET', path: /^\/v2\/health\/ready$/, answer: ready },
  { method: 'GET', path: /^\/v2\/models$/, answer: ({ registry }) => json({ models: registry.names }) },
  { method: 'GET', path: path(''), answer: metadata },
  { method: 'GET', path: path('/ready'), answer: modelReady },
  { method: 'POST', path: path('/infer'), answer: infer },
  { method: 'POST', path: /^\/v2\/repository\/models\/(?<name>[^/:]+)\/load$/, answer: (call) => manage(call, 'load') },
  { method: 'POST', path: /^\/v2\/repository\/models\/(?<name>[^/:]+)\/unload$/, answer: (call) => manage(call, 'unload') },
];

function ready({ registry }: Call): Response {
  const isReady = registry.names.every((name) => registry.versions(name).some(({ state }) => state === 'AVAILABLE'));
  return json({ ready: isReady }, isReady ? 200 : 503);
}

function modelReady({ registry, named }: Call): Response {
  const { name, wanted } = wantedOf(named);
  const isReady = registry.version(name, wanted).state === 'AVAILABLE';
  return json({ name, ready: isReady }, isReady ? 200 : 503);
}

function metadata({ registry, named }: Call): Response {
  const { name, wanted } = wantedOf(named);
  const { record } = registry.version(name, wanted);
  const versions = registry.versions(name).map(({ version }) => String(version));
  if (record.kind === 'tensor-model') {
    const described = (specs: readonly TensorSpec[]) =>
      specs.map((spec) => ({ name: spec.name, datatype: inferenceType(spec.type), shape: extentsOf(spec) ?? [-1] }));
    return json({ name, versions, platform: 'onnx_onnxv1', inputs: described(record.inputs), outputs: described(record.outputs) });
  }
  const { inputs, outputs } = signatureOf(record);
  return json({
    name,
    versions,
    platform: 'benchwright_benchwrightv1',
    inputs: inputs.map((input) => ({ name: input.name, datatype: datatypesOf(input)[0], shape: [-1] })),
    outputs: outputs.map(({ name: output, kind }) => ({ name: output, datatype: kind === 'number' ? 'FP64' : 'BYTES', shape: [-1] })),
  });
}

async function infer(call: Call): Promise<Response> {
  const { name, wanted } = wantedOf(call.named);
  const { model, version } = call.available(name, wanted);
  const { text, binary } = divided(await call.body(), call.headers.get(headerLength));
  const request = validate(InferRequest, parseJson(text, call.limits.depth), 'request');
  const { outputs } = model.signature;
  const unknown = request.outputs?.find((output) => outputs.every((each) => each.name !== output.name));
  if (unknown) throw wrongRequest(`The model has no output "${unknown.name}"; its outputs are ${namesOf(outputs)}.`);
  const answers = await answersTo(call, model, request, binary);
  const head = { model_name: name, model_version: String(version), ...(request.id === undefined ? {} : { id: request.id }) };
  const asked = request.outputs ?? outputs.map((output) => ({ name: output.name, parameters: undefined }));
  const tensors = asked.map(({ name: output, parameters }) => ({
    answer: answers.find((each) => each.name === output) as Answer,
    isBinary: parameters?.binary_data ?? request.parameters?.binary_data_output ?? false,
  }));
  return reply(head, tensors);
}

interface Answer {
  name: string;
  shape: readonly number[];
  datatype: string;
  values(): unknown[];
  bytes(): Uint8Array;
}

async function answersTo(call: Call, model: Answering, { inputs }: InferRequest, binary: Uint8Array): Promise<Answer[]> {
  if (model.kind === 'tensor-model') {
    const outputs = await model.ask(tensorsOfInfer(inputs, binary, model.signature.inputs), call.signal);
    return outputs.map((output) => ({
      name: output.name,
      shape: output.shape,
      datatype: inferenceType(output.type),
      values: () => valuesOf(output),
      bytes: () => bytesOfData(output),
    }));
  }
  const { rows, columns } = await model.ask(await rowsOfTensors(inputs, binary, readingOf(call, model)), call.signal);
  return columns.map(({ name, values }) => ({
    name,
    shape: [rows],
    datatype: values.every((value) => typeof value === 'number') ? 'FP64' : 'BYTES',
    values: () => values,
    bytes: () => writeElements(values),
  }));
}

function reply(head: object, tensors: readonly { answer: Answer; isBinary: boolean }[]): Response {
  const bodies = tensors.map(({ answer, isBinary }) => (isBinary ? answer.bytes() : undefined));
  const outputs = tensors.map(({ answer: { name, shape, datatype, values } }, index) => ({
    name,
    shape,
    datatype,
    ...(bodies[index] ? { parameters: { binary_data_size: bodies[index].length } } : { data: values() }),
  }));
  const binary = bodies.filter((body) => body !== undefined);
  if (binary.length === 0) return json({ ...head, outputs });
  const start = new TextEncoder().encode(writeJson({ ...head, outputs }));
  const headers = { 'Content-Type': 'application/octet-stream', [headerLength]: String(start.length) };
  return new Response(new Blob([start, ...(binary as Uint8Array<ArrayBuffer>[])]), { headers });
}

/** The JSON, and the bytes behind it. @throws InputError `wrong-request` */
function divided(body: Uint8Array, length: string | null): { text: string; binary: Uint8Array } {
  const end = length === null ? body.length : Number(length);
  if (!Number.isInteger(end) || end < 0 || end > body.length) {
    throw wrongRequest(`${headerLength} is ${String(length).slice(0, 40)}; the body has ${body.length} bytes.`);
  }
  return { text: new TextDecoder().decode(body.subarray(0, end)), binary: body.subarray(end) };
}

async function manage(call: Call, what: 'load' | 'unload'): Promise<Response> {
  const { registry, named } = call;
  const { name } = wantedOf(named);
  requireManagement(call, `${what} models`);
  for (const { version } of registry.versions(name)) await registry[what](name, version);
  return json({});
}
