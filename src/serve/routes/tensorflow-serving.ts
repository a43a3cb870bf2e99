/** TensorFlow Serving's REST API (tensorflow/serving, g3doc/api_rest.md, and its code where that says otherwise). */
import { InputError } from '../../base/errors.js';
import type { AnyModelRecord, RawRow } from '../../infer/models.js';
import { jsonOfTensor } from '../../infer/tensors/json.js';
import type { NamedTensor } from '../../infer/tensors/tensor.js';
import { shown } from '../../spec/expectation.js';
import { namesOf, rowsOfColumns, rowsOfExamples, rowsOfInstances, wrongRequest } from '../rows/instances.js';
import type { Reading } from '../rows/raw-rows.js';
import type { Answering, RowsModel, Served, TensorsModel } from '../served-model.js';
import { signatureOf } from '../signature.js';
import { extentsOf, tensorflowType } from '../tensors/datatypes.js';
import { tensorsOfInputs, tensorsOfInstances } from '../tensors/requests.js';
import { explained } from './explained.js';
import { readingOf } from './reading.js';
import { json, jsonBody } from './replies.js';
import type { Call, Route } from './route.js';
import { rowsOnly } from './rows-only.js';
import { wantedOf } from './wanted.js';

const model = '/v1/models/(?<name>[^/:]+)(?:/versions/(?<version>\\d+)|/labels/(?<label>\\w+))?';
const path = (end: string): RegExp => new RegExp(`^${model}${end}$`, 'i');
const defaultSignature = 'serving_default';

export const tensorflowServing: readonly Route[] = [
  { method: 'GET', path: path(''), answer: status },
  { method: 'GET', path: path('/metadata'), answer: metadata },
  { method: 'POST', path: path(':predict'), answer: predict },
  { method: 'POST', path: path(':classify'), answer: classify },
  { method: 'POST', path: path(':regress'), answer: regress },
  { method: 'POST', path: path(':explain'), answer: explain },
];

function status({ registry, named }: Call): Response {
  const { name, wanted } = wantedOf(named);
  const asked = wanted.version === undefined && wanted.label === undefined ? registry.versions(name) : [registry.version(name, wanted)];
  return json({
    model_version_status: asked.map(({ version, state, problem }) => ({
      version: String(version),
      state,
      status: { error_code: problem ? 'UNKNOWN' : 'OK', error_message: problem?.message ?? '' },
    })),
  });
}

function metadata({ registry, named }: Call): Response {
  const { name, wanted } = wantedOf(named);
  const { version, record } = registry.version(name, wanted);
  const { inputs, outputs } = tensorsOf(record);
  const tensors = (of: readonly Described[]) =>
    Object.fromEntries(
      of.map(({ name: tensor, dtype, extents }) => {
        const dim = (extents ?? []).map((extent) => ({ size: String(extent), name: '' }));
        return [tensor, { dtype, tensor_shape: { dim, unknown_rank: extents === undefined }, name: tensor }];
      }),
    );
  const signature = { inputs: tensors(inputs), outputs: tensors(outputs), method_name: 'tensorflow/serving/predict' };
  return json({
    model_spec: { name, signature_name: '', version: String(version) },
    metadata: { signature_def: { signature_def: { [defaultSignature]: signature } } },
  });
}

interface Described {
  name: string;
  dtype: string;
  /** Undefined where even the rank is open. */
  extents: number[] | undefined;
}

function tensorsOf(record: AnyModelRecord): { inputs: Described[]; outputs: Described[] } {
  if (record.kind === 'tensor-model') {
    const described = (of: typeof record.inputs): Described[] =>
      of.map((spec) => ({ name: spec.name, dtype: tensorflowType(spec.type), extents: extentsOf(spec) }));
    return { inputs: described(record.inputs), outputs: described(record.outputs) };
  }
  const { inputs, outputs } = signatureOf(record);
  const described = (of: readonly { name: string; kind: string }[]): Described[] =>
    of.map(({ name, kind }) => ({ name, dtype: kind === 'number' ? 'DT_DOUBLE' : 'DT_STRING', extents: [-1] }));
  return { inputs: described(inputs), outputs: described(outputs) };
}

async function predict(call: Call): Promise<Response> {
  const { model, request } = await asked(call);
  if (model.kind === 'tensor-model') return json(await predictedTensors(call, model, request));
  const served = await model.ask(await rowsOf(request, readingOf(call, model)), call.signal);
  return json(Object.hasOwn(request, 'instances') ? { predictions: byRow(served) } : { outputs: byColumn(served) });
}

async function predictedTensors({ limits, signal }: Call, model: TensorsModel, request: Record<string, unknown>): Promise<object> {
  const { inputs } = model.signature;
  if (!isRowByRow(request)) {
    const outputs = await model.ask(tensorsOfInputs(request.inputs, inputs), signal);
    return { outputs: withoutLonelyName(outputs.map((output) => [output.name, jsonOfTensor(output)])) };
  }
  const tensors = tensorsOfInstances(request.instances, inputs, limits.rows);
  const outputs = await model.ask(tensors, signal);
  const rows = (request.instances as unknown[]).length;
  const columns = outputs.map((output) => [output.name, rowsIn(output, rows)] as const);
  return { predictions: Array.from({ length: rows }, (_, row) => withoutLonelyName(columns.map(([name, values]) => [name, values[row]]))) };
}

/** @throws InputError `wrong-request` where the output is not one row for each instance */
function rowsIn(output: NamedTensor, rows: number): unknown[] {
  if (output.shape[0] === rows) return jsonOfTensor(output) as unknown[];
  throw wrongRequest(
    `Output "${output.name}" is [${output.shape.join(', ')}], not a row for each of ${rows} instances. Ask with "inputs".`,
  );
}

/** With one output its name is left out. */
const withoutLonelyName = (named: readonly (readonly [string, unknown])[]): unknown =>
  named.length === 1 ? named[0][1] : Object.fromEntries(named);

/** @throws InputError `wrong-request` */
function isRowByRow(request: Record<string, unknown>): boolean {
  if (Object.hasOwn(request, 'instances') !== Object.hasOwn(request, 'inputs')) return Object.hasOwn(request, 'instances');
  throw wrongRequest('A request has either "instances", row by row, or "inputs", column by column.');
}

async function rowsOf(request: Record<string, unknown>, reading: Reading): Promise<RawRow[]> {
  return isRowByRow(request) ? rowsOfInstances(request.instances, reading) : rowsOfColumns(request.inputs, reading);
}

function byRow({ rows, columns }: Served): unknown[] {
  return Array.from({ length: rows }, (_, row) => withoutLonelyName(columns.map(({ name, values }) => [name, values[row]])));
}

const byColumn = ({ columns }: Served): unknown => withoutLonelyName(columns.map(({ name, values }) => [name, values]));

const probability = 'probability_';

async function classify(call: Call): Promise<Response> {
  const { model, served } = await examples(call, 'classify');
  const scored = served.columns.filter(({ name }) => name.startsWith(probability));
  if (scored.length === 0) throw notFor('classify', model, 'it predicts no classes', 'predict or regress');
  return json({
    results: Array.from({ length: served.rows }, (_, row) =>
      scored.map(({ name, values }) => [name.slice(probability.length), values[row]]),
    ),
  });
}

async function regress(call: Call): Promise<Response> {
  const { model, served } = await examples(call, 'regress');
  if (model.record.pipeline.target.kind !== 'value') throw notFor('regress', model, 'it predicts no value', 'predict or classify');
  return json({ results: served.columns[0].values });
}

async function examples(call: Call, verb: string): Promise<{ model: RowsModel; served: Served }> {
  const { model: found, request } = await asked(call);
  const model = rowsOnly(found, verb, 'wrong-signature');
  if (!Object.hasOwn(request, 'examples')) throw wrongRequest(`A request of "${verb}" has "examples".`);
  const rows = await rowsOfExamples(request.examples, request.context, readingOf(call, model));
  return { model, served: await model.ask(rows, call.signal) };
}

/** As KServe has it, of rows as `predict` takes them. */
async function explain(call: Call): Promise<Response> {
  const { model: found, request } = await asked(call);
  const model = rowsOnly(found, 'be explained');
  return json({ explanations: await explained(call, model, await rowsOf(request, readingOf(call, model))) });
}

async function asked(call: Call): Promise<{ model: Answering; request: Record<string, unknown> }> {
  const { name, wanted } = wantedOf(call.named);
  const { model } = call.available(name, wanted);
  const request = await jsonBody(call);
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw wrongRequest(`The request is ${shown(request, [])}, not an object.`);
  }
  const { signature_name: signature = '' } = request as { signature_name?: unknown };
  if (signature !== '' && signature !== defaultSignature) {
    throw wrongRequest(`Serving signature name: ${shown(signature, [])} not found in signature def. There is "${defaultSignature}".`);
  }
  return { model, request: request as Record<string, unknown> };
}

const notFor = (verb: string, { record, signature }: RowsModel, why: string, instead: string): InputError =>
  new InputError('wrong-signature', `"${record.name}" cannot ${verb}: ${why}. Its outputs are ${namesOf(signature.outputs)}.`, {
    advice: `Ask it to ${instead}.`,
  });
