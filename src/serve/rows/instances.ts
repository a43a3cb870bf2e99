/** The rows of a request of TensorFlow Serving: row by row (`instances`, `examples`) or column by column (`inputs`). */
import { InputError } from '../../base/errors.js';
import type { RawRow } from '../../infer/models.js';
import { shown } from '../../spec/expectation.js';
import { tooManyRows } from '../problems.js';
import type { Input } from '../signature.js';
import { type Reading, rawRows } from './raw-rows.js';

/**
 * @param instances each an object by column, a list in the order of the columns, or, where there is one column only, its value
 * @throws InputError `wrong-request`, `unknown-feature` or `missing-feature`, naming the row and the column; those of `rawRows`
 */
export async function rowsOfInstances(instances: unknown, reading: Reading, called = 'instances'): Promise<RawRow[]> {
  if (!Array.isArray(instances)) throw wrongRequest(`"${called}" is ${shown(instances, [])}, not a list.`);
  if (instances.length > reading.mostRows) throw tooManyRows(instances.length, reading.mostRows);
  return await rawRows(instances.length, (row) => valuesOf(instances[row - 1], reading.inputs, row), reading);
}

/** In the order of the inputs. */
function valuesOf(instance: unknown, inputs: readonly Input[], row: number): unknown[] {
  if (isFeatures(instance)) {
    checkNames(Object.keys(instance), inputs, row);
    return inputs.map(({ name }) => instance[name]);
  }
  if (inputs.length === 1 && (inputs[0].kind === 'picture' || !Array.isArray(instance))) return [instance];
  if (!Array.isArray(instance))
    throw wrongRequest(`Row ${row} is ${shown(instance, [])}, not an object of values by column, nor a list.`, row);
  if (instance.length === inputs.length) return instance;
  throw wrongRequest(`Row ${row} has ${instance.length} values; the model takes ${inputs.length}: ${namesOf(inputs)}.`, row);
}

/** Bytes are a value, also as `{"b64": …}`. */
export function isFeatures(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array) return false;
  return !(Object.keys(value).length === 1 && Object.hasOwn(value, 'b64'));
}

export function checkNames(given: readonly string[], inputs: readonly { name: string }[], row?: number): void {
  const where = row === undefined ? '' : `Row ${row}: `;
  const place = (column: string) => ({ column, ...(row === undefined ? {} : { row }) });
  const unknown = given.find((name) => inputs.every((input) => input.name !== name));
  if (unknown !== undefined) {
    throw new InputError('unknown-feature', `${where}the model has no input "${unknown}".`, {
      advice: `Its inputs are ${namesOf(inputs)}.`,
      place: place(unknown),
    });
  }
  const known = new Set(given);
  const missing = inputs.find(({ name }) => !known.has(name));
  if (!missing) return;
  throw new InputError('missing-feature', `${where}the input "${missing.name}" is missing.`, {
    advice: `The model takes ${namesOf(inputs)}; null where a value is not known.`,
    place: place(missing.name),
  });
}

/** @param inputs lists of one length by column, or, where there is one column only, its list */
export async function rowsOfColumns(inputs: unknown, reading: Reading): Promise<RawRow[]> {
  const { inputs: wanted, mostRows } = reading;
  const given = isFeatures(inputs) ? inputs : wanted.length === 1 ? { [wanted[0].name]: inputs } : undefined;
  if (!given) throw wrongRequest(`"inputs" is ${shown(inputs, [])}, not an object with a list for each of ${namesOf(wanted)}.`);
  checkNames(Object.keys(given), wanted);
  const columns = wanted.map(({ name }) => {
    const column = given[name];
    if (Array.isArray(column)) return column as unknown[];
    throw wrongRequest(`Input "${name}" is ${shown(column, [])}, not a list with a value for each row.`);
  });
  const rows = columns[0]?.length ?? 0;
  const other = columns.findIndex(({ length }) => length !== rows);
  if (other >= 0) throw wrongRequest(`Input "${wanted[other].name}" has ${columns[other].length} values, "${wanted[0].name}" has ${rows}.`);
  if (rows > mostRows) throw tooManyRows(rows, mostRows);
  return await rawRows(rows, (row) => columns.map((column) => columnValue(column[row - 1])), reading);
}

/** A tensor [rows, 1] has each value in a list of its own. */
const columnValue = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 1 && !Array.isArray(value[0]) ? value[0] : value;

/** @param context features of all examples; one of the example's own comes before it */
export async function rowsOfExamples(examples: unknown, context: unknown, reading: Reading): Promise<RawRow[]> {
  if (!Array.isArray(examples)) throw wrongRequest(`"examples" is ${shown(examples, [])}, not a list.`);
  if (context !== undefined && !isFeatures(context)) throw wrongRequest(`"context" is ${shown(context, [])}, not an object of features.`);
  const instances = examples.map((example: unknown, index) => {
    if (!isFeatures(example)) throw wrongRequest(`Example ${index + 1} is ${shown(example, [])}, not an object of features.`, index + 1);
    const entries = [...Object.entries(context ?? {}), ...Object.entries(example)];
    return Object.fromEntries(entries.map(([name, value]) => [name, columnValue(value)]));
  });
  return await rowsOfInstances(instances, reading, 'examples');
}

export const namesOf = (inputs: readonly { name: string }[]): string => inputs.map(({ name }) => `"${name}"`).join(', ');

export const wrongRequest = (message: string, row?: number): InputError =>
  new InputError('wrong-request', message, row === undefined ? {} : { place: { row } });
