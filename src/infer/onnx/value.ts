/** What goes into a graph or comes out of it: a name, a type and a shape. */
import type { TensorSpec } from '../../spec/tensor-model.js';
import { dataTypes, dimensionFields, shapeFields, tensorTypeFields, typeFields, valueFields } from './numbers.js';
import { damaged, nameIn, type Reading, tooLarge } from './reading.js';

const mostDimensions = 64;

/** @throws InputError `model-damaged` or `model-too-large` */
export function valueIn(message: Uint8Array, reading: Reading): TensorSpec {
  let value: TensorSpec = { name: '', type: 'unknown' };
  for (const { field, bytes } of reading.fields(message)) {
    if (!bytes) continue;
    if (field === valueFields.name) value = { ...value, name: nameIn(bytes) };
    if (field === valueFields.type) value = { ...value, ...typeOf(bytes, reading) };
  }
  // What JavaScript keeps by such a name is not found again.
  if (value.name === '' || value.name === '__proto__') throw damaged(`a tensor cannot be called "${value.name}"`);
  return value;
}

const others = new Map<number, TensorSpec['type']>([
  [typeFields.sequence, 'sequence'],
  [typeFields.map, 'map'],
  [typeFields.opaque, 'opaque'],
  [typeFields.sparse, 'sparse'],
  [typeFields.optional, 'optional'],
]);

function typeOf(message: Uint8Array, reading: Reading): Pick<TensorSpec, 'type' | 'shape'> {
  let type: Pick<TensorSpec, 'type' | 'shape'> = { type: 'unknown' };
  for (const { field, bytes } of reading.fields(message)) {
    if (!bytes) continue;
    const other = others.get(field);
    if (other) type = { type: other };
    if (field === typeFields.tensor) type = tensorTypeOf(bytes, reading);
  }
  return type;
}

function tensorTypeOf(message: Uint8Array, reading: Reading): Pick<TensorSpec, 'type' | 'shape'> {
  const type: Pick<TensorSpec, 'type' | 'shape'> = { type: 'unknown' };
  for (const { field, number, bytes } of reading.fields(message)) {
    if (field === tensorTypeFields.element && number !== undefined) type.type = dataTypes.get(number)?.name ?? 'unknown';
    if (field === tensorTypeFields.shape && bytes) type.shape = shapeOf(bytes, reading);
  }
  return type;
}

function shapeOf(message: Uint8Array, reading: Reading): (number | string | null)[] {
  const shape: (number | string | null)[] = [];
  for (const { field, bytes } of reading.fields(message)) {
    if (field !== shapeFields.dimensions || !bytes) continue;
    if (shape.length >= mostDimensions) throw tooLarge(`a tensor has more than ${mostDimensions} dimensions`);
    shape.push(extentOf(bytes, reading));
  }
  return shape;
}

/** Some programs write what is open as a negative number, or as no name. */
function extentOf(message: Uint8Array, reading: Reading): number | string | null {
  let extent: number | string | null = null;
  for (const { field, number, bytes } of reading.fields(message)) {
    if (field === dimensionFields.extent && number !== undefined) extent = number >= 0 ? number : null;
    if (field === dimensionFields.name && bytes) extent = nameIn(bytes) || null;
  }
  return extent;
}
