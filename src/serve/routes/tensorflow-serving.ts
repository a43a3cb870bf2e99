/** TensorFlow Serving's REST API (tensorflow/serving, g3doc/api_rest.md, and its code where that says otherwise). */
import { InputError } from '../../base/errors.js';
import type { RawRow } from '../../infer/models.js';
import { shown } from '../../spec/expectation.js';
import { namesOf, rowsOfColumns, rowsOfExamples, rowsOfInstances, wrongRequest } from '../rows/instances.js';
import type { Reading } from '../rows/raw-rows.js';
import type { Served } from '../served-model.js';
import { type Input, type Output, signatureOf } from '../signature.js';
import { explained } from './explained.js';
import { json, jsonBody } from './replies.js';
import type { Answering, Call, Route } from './route.js';
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
  const { inputs, outputs } = signatureOf(record);
  const tensors = (of: readonly (Input | Output)[]) =>
    Object.fromEntries(
      of.map((each) => [
        each.name,
        {
          dtype: each.kind === 'number' ? 'DT_DOUBLE' : 'DT_STRING',
          tensor_shape: { dim: [{ size: '-1', name: '' }], unknown_rank: false },
          name: each.name,
        },
      ]),
    );
  const signature = { inputs: tensors(inputs), outputs: tensors(outputs), method_name: 'tensorflow/serving/predict' };
  return json({
    model_spec: { name, signature_name: '', version: String(version) },
    metadata: { signature_def: { signature_def: { [defaultSignature]: signature } } },
  });
}

async function predict(call: Call): Promise<Response> {
  const { model, request } = await asked(call);
  const served = await model.ask(await rowsOf(request, readingOf(call, model)), call.signal);
  return json(Object.hasOwn(request, 'instances') ? { predictions: byRow(served) } : { outputs: byColumn(served) });
}

async function rowsOf(request: Record<string, unknown>, reading: Reading): Promise<RawRow[]> {
  if (Object.hasOwn(request, 'instances') === Object.hasOwn(request, 'inputs')) {
    throw wrongRequest('A request has either "instances", row by row, or "inputs", column by column.');
  }
  return Object.hasOwn(request, 'instances') ? rowsOfInstances(request.instances, reading) : rowsOfColumns(request.inputs, reading);
}

/** With one output its name is left out. */
function byRow({ rows, columns }: Served): unknown[] {
  return Array.from({ length: rows }, (_, row) =>
    columns.length === 1 ? columns[0].values[row] : Object.fromEntries(columns.map(({ name, values }) => [name, values[row]])),
  );
}

const byColumn = ({ columns }: Served): unknown =>
  columns.length === 1 ? columns[0].values : Object.fromEntries(columns.map(({ name, values }) => [name, values]));

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

async function examples(call: Call, verb: string): Promise<{ model: Answering; served: Served }> {
  const { model, request } = await asked(call);
  if (!Object.hasOwn(request, 'examples')) throw wrongRequest(`A request of "${verb}" has "examples".`);
  const rows = await rowsOfExamples(request.examples, request.context, readingOf(call, model));
  return { model, served: await model.ask(rows, call.signal) };
}

/** As KServe has it, of rows as `predict` takes them. */
async function explain(call: Call): Promise<Response> {
  const { model, request } = await asked(call);
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

const readingOf = ({ loadDecoder, limits }: Call, { signature }: Answering): Reading => ({
  inputs: signature.inputs,
  loadDecoder,
  mostRows: limits.rows,
});

const notFor = (verb: string, { record, signature }: Answering, why: string, instead: string): InputError =>
  new InputError('wrong-signature', `"${record.name}" cannot ${verb}: ${why}. Its outputs are ${namesOf(signature.outputs)}.`, {
    advice: `Ask it to ${instead}.`,
  });
