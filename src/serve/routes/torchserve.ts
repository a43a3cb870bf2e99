/** TorchServe's inference paths, for clients that still use them. */
import type { RawRow } from '../../infer/models.js';
import { rowsOfInstances } from '../rows/instances.js';
import type { RowsModel } from '../served-model.js';
import { explained } from './explained.js';
import { readingOf } from './reading.js';
import { json, jsonBody } from './replies.js';
import type { Call, Route } from './route.js';
import { rowsOnly } from './rows-only.js';
import { wantedOf } from './wanted.js';

const path = (verb: string): RegExp => new RegExp(`^/${verb}/(?<name>[^/:]+)(?:/(?<version>\\d+)(?:\\.\\d+)*)?$`);

export const torchserve: readonly Route[] = [
  { method: 'GET', path: /^\/ping$/, answer: () => json({ status: 'Healthy' }) },
  { method: 'POST', path: path('predictions'), answer: predictions },
  { method: 'POST', path: path('explanations'), answer: explanations },
];

async function predictions(call: Call): Promise<Response> {
  const { model, isOne, given } = await asked(call, 'answer rows');
  const { rows, columns } = await model.ask(given, call.signal);
  const answers = Array.from({ length: rows }, (_, row) => Object.fromEntries(columns.map((column) => [column.name, column.values[row]])));
  return json(isOne ? answers[0] : answers);
}

/** The body is one row, a list of rows, or a picture file where that is what the model takes. */
async function asked(call: Call, what: string): Promise<{ model: RowsModel; isOne: boolean; given: RawRow[] }> {
  const { name, wanted } = wantedOf(call.named);
  const model = rowsOnly(call.available(name, wanted).model, what);
  const body = isPictureFile(call, model) ? await call.body() : await jsonBody(call);
  const isOne = !Array.isArray(body);
  return { model, isOne, given: await rowsOfInstances(isOne ? [body] : body, readingOf(call, model)) };
}

const isPictureFile = ({ headers }: Call, { signature: { inputs } }: RowsModel): boolean =>
  inputs.length === 1 && inputs[0].kind === 'picture' && !/json/i.test(headers.get('content-type') ?? '');

async function explanations(call: Call): Promise<Response> {
  const { model, isOne, given } = await asked(call, 'be explained');
  const answers = await explained(call, model, given);
  return json(isOne ? answers[0] : answers);
}
