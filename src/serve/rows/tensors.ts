/** The rows of a request of the Open Inference Protocol: a tensor for each column, as JSON or as bytes behind it. */
import * as z from 'zod/mini';
import { InputError } from '../../base/errors.js';
import type { RawRow } from '../../infer/models.js';
import { tooManyRows } from '../problems.js';
import type { Input } from '../signature.js';
import { Pixels } from './cells.js';
import { type Element, isDatatype, isNumberType, isOf, readElements } from './datatypes.js';
import { namesOf, wrongRequest } from './instances.js';
import { type Reading, rawRows } from './raw-rows.js';

const Tensor = z.object({
  name: z.string(),
  shape: z.array(z.number().check(z.int(), z.minimum(0))).check(z.maxLength(16)),
  datatype: z.string(),
  parameters: z.optional(z.looseObject({ binary_data_size: z.optional(z.number().check(z.int(), z.minimum(0))) })),
  data: z.optional(z.unknown()),
});
export const InferRequest = z.looseObject({
  id: z.optional(z.string()),
  parameters: z.optional(z.looseObject({ binary_data_output: z.optional(z.boolean()) })),
  inputs: z.array(Tensor),
  outputs: z.optional(
    z.array(z.looseObject({ name: z.string(), parameters: z.optional(z.looseObject({ binary_data: z.optional(z.boolean()) })) })),
  ),
});
export type InferRequest = z.infer<typeof InferRequest>;
export type Tensor = z.infer<typeof Tensor>;

/**
 * @param binary what follows the JSON, in the order of the tensors that have a `binary_data_size`
 * @throws InputError naming the tensor, what was expected and what was given
 */
export async function rowsOfTensors(tensors: readonly Tensor[], binary: Uint8Array, reading: Reading): Promise<RawRow[]> {
  const { inputs, mostRows } = reading;
  const unknown = tensors.find(({ name }) => inputs.every((input) => input.name !== name));
  if (unknown) throw unknownTensor(unknown.name, inputs);
  const elements = new Map<string, Element[]>();
  for (const { tensor, bytes } of withBytes(tensors, binary)) {
    if (tensor.shape[0] > mostRows) throw tooManyRows(tensor.shape[0], mostRows);
    const input = inputs.find(({ name }) => name === tensor.name) as Input;
    elements.set(tensor.name, elementsOf(tensor, input, bytes));
  }
  const columns = inputs.map((input) => columnOf(input, tensors, elements));
  const rows = columns[0]?.length ?? 0;
  const other = columns.findIndex(({ length }) => length !== rows);
  if (other >= 0) throw wrongRequest(`Input "${inputs[other].name}" has ${columns[other].length} rows, "${inputs[0].name}" has ${rows}.`);
  return await rawRows(rows, (row) => columns.map((column) => column[row - 1]), reading);
}

/** Each with its part of what follows the JSON, where it has one. @throws InputError `wrong-size` naming the tensor */
export function* withBytes(tensors: readonly Tensor[], binary: Uint8Array): Generator<{ tensor: Tensor; bytes: Uint8Array | undefined }> {
  let place = 0;
  for (const tensor of tensors) {
    const { name } = tensor;
    const size = tensor.parameters?.binary_data_size;
    const left = binary.length - place;
    if (size !== undefined && size > left) {
      throw wrongTensor('wrong-size', name, `Input "${name}" has ${size} bytes behind the JSON; only ${left} are there.`);
    }
    yield { tensor, bytes: size === undefined ? undefined : binary.subarray(place, place + size) };
    place += size ?? 0;
  }
}

/** What stands in the JSON, flat. @throws InputError `missing-data` or `wrong-size` naming the tensor */
export function flatData({ name, shape, data }: Tensor, count: number): unknown[] {
  if (!Array.isArray(data)) throw wrongTensor('missing-data', name, `Input "${name}" has no data.`);
  const flat = data.flat(shape.length) as unknown[];
  if (flat.length === count) return flat;
  throw wrongTensor('wrong-size', name, `Input "${name}" has ${flat.length} elements; its shape [${shape.join(', ')}] says ${count}.`);
}

/** The tensor's elements, row-major, after its shape and datatype were held to the column's. */
function elementsOf(tensor: Tensor, input: Input, bytes: Uint8Array | undefined): Element[] {
  const { name, shape, datatype } = tensor;
  const isPixels = input.kind === 'picture' && isNumberType(datatype);
  const fits = isPixels ? shape.length === 3 || shape.length === 4 : shape.length === 1 || (shape.length === 2 && shape[1] === 1);
  if (!fits) {
    const expected = input.kind === 'picture' ? '[-1] of BYTES or [-1, height, width, channels] of numbers' : '[-1] or [-1, 1]';
    throw wrongTensor('wrong-shape', name, `Input "${name}" has the shape [${shape.join(', ')}]; expected ${expected}.`);
  }
  const expected = datatypesOf(input);
  if (!isDatatype(datatype) || !(isPixels || expected.includes(datatype) || (expected.includes('FP64') && isNumberType(datatype)))) {
    throw wrongTensor('wrong-datatype', name, `Input "${name}" is ${datatype.slice(0, 40)}; expected ${expected.join(' or ')}.`);
  }
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (bytes) return readElements(datatype, bytes, count, name);
  const flat = flatData(tensor, count);
  const odd = flat.findIndex((value) => !isOf(datatype, value));
  if (odd >= 0) throw wrongTensor('wrong-datatype', name, `Element ${odd} of input "${name}" is not ${datatype}.`);
  return flat as Element[];
}

/** What metadata says of a column first. */
export function datatypesOf({ kind }: Input): string[] {
  if (kind === 'number') return ['FP64', 'BOOL'];
  if (kind === 'datetime') return ['BYTES', 'FP64'];
  return kind === 'picture' ? ['BYTES', 'UINT8'] : ['BYTES', 'BOOL'];
}

function columnOf(input: Input, tensors: readonly Tensor[], elements: ReadonlyMap<string, Element[]>): unknown[] {
  const tensor = tensors.find(({ name }) => name === input.name);
  const values = elements.get(input.name);
  if (!tensor || !values) throw wrongTensor('missing-tensor', input.name, `The input "${input.name}" is missing.`);
  if (input.kind !== 'picture') return values.map((value) => (value instanceof Uint8Array ? new TextDecoder().decode(value) : value));
  // In JSON, bytes are base64.
  if (tensor.datatype === 'BYTES') return values.map((value) => (value instanceof Uint8Array ? value : { b64: value }));
  const [rows, height, width, channels = 1] = tensor.shape;
  const each = height * width * channels;
  return Array.from({ length: rows }, (_, row) => new Pixels({ height, width, channels }, values.slice(row * each, (row + 1) * each)));
}

export const unknownTensor = (name: string, inputs: readonly { name: string }[]): InputError =>
  wrongTensor('unknown-tensor', name, `The model has no input "${name.slice(0, 100)}"; its inputs are ${namesOf(inputs)}.`);

export const wrongTensor = (code: string, tensor: string, message: string): InputError =>
  new InputError(code, message, { place: { tensor } });
