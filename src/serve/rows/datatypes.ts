/** The datatypes of the Open Inference Protocol, as JSON and as little-endian bytes. */
import { InputError } from '../../base/errors.js';

interface NumberType {
  bytes: number;
  read(view: DataView, place: number): number;
}

const whole = (value: bigint): number => {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new InputError('number-too-large', `${value} is too large to be computed with exactly.`, {
    advice: 'Send it as a text, or scaled.',
  });
};

/** IEEE 754 binary16. */
function readHalf(view: DataView, place: number): number {
  const bits = view.getUint16(place, true);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const numberTypes = new Map<string, NumberType>([
  ['UINT8', { bytes: 1, read: (view, place) => view.getUint8(place) }],
  ['UINT16', { bytes: 2, read: (view, place) => view.getUint16(place, true) }],
  ['UINT32', { bytes: 4, read: (view, place) => view.getUint32(place, true) }],
  ['UINT64', { bytes: 8, read: (view, place) => whole(view.getBigUint64(place, true)) }],
  ['INT8', { bytes: 1, read: (view, place) => view.getInt8(place) }],
  ['INT16', { bytes: 2, read: (view, place) => view.getInt16(place, true) }],
  ['INT32', { bytes: 4, read: (view, place) => view.getInt32(place, true) }],
  ['INT64', { bytes: 8, read: (view, place) => whole(view.getBigInt64(place, true)) }],
  ['FP16', { bytes: 2, read: readHalf }],
  ['FP32', { bytes: 4, read: (view, place) => view.getFloat32(place, true) }],
  ['FP64', { bytes: 8, read: (view, place) => view.getFloat64(place, true) }],
]);

export const isNumberType = (datatype: string): boolean => numberTypes.has(datatype);
export const isDatatype = (datatype: string): boolean => isNumberType(datatype) || datatype === 'BOOL' || datatype === 'BYTES';

export type Element = number | boolean | string | Uint8Array;

/** Whether a value of JSON is of the datatype. */
export function isOf(datatype: string, value: unknown): value is Element {
  if (datatype === 'BOOL') return typeof value === 'boolean';
  return datatype === 'BYTES' ? typeof value === 'string' : typeof value === 'number';
}

/**
 * @param bytes of one tensor: BYTES have the length of each element before it, in four bytes
 * @throws InputError `wrong-size` naming the tensor
 */
export function readElements(datatype: string, bytes: Uint8Array, count: number, name: string): Element[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const misfit = (): InputError => wrongBytes(datatype, bytes, count, name);
  if (datatype === 'BYTES') {
    const elements: Element[] = [];
    let place = 0;
    while (elements.length < count) {
      if (place + 4 > bytes.length) throw misfit();
      const length = view.getUint32(place, true);
      place += 4;
      if (length > bytes.length - place) throw misfit();
      elements.push(bytes.subarray(place, place + length));
      place += length;
    }
    if (place !== bytes.length) throw misfit();
    return elements;
  }
  const type = numberTypes.get(datatype);
  const size = type?.bytes ?? 1;
  if (bytes.length !== count * size) throw misfit();
  return Array.from({ length: count }, (_, index) => (type ? type.read(view, index * size) : view.getUint8(index) !== 0));
}

export const wrongBytes = (datatype: string, bytes: Uint8Array, count: number, name: string): InputError =>
  new InputError('wrong-size', `Input "${name}" has ${bytes.length} bytes, which are not ${count} elements of ${datatype}.`, {
    place: { tensor: name },
  });

/** Answers are FP64 or BYTES. */
export function writeElements(values: readonly (string | number)[]): Uint8Array {
  if (values.every((value) => typeof value === 'number')) {
    const view = new DataView(new ArrayBuffer(values.length * 8));
    for (const [index, value] of values.entries()) view.setFloat64(index * 8, value, true);
    return new Uint8Array(view.buffer);
  }
  const texts = values.map((value) => new TextEncoder().encode(String(value)));
  const bytes = new Uint8Array(texts.reduce((sum, text) => sum + 4 + text.length, 0));
  const view = new DataView(bytes.buffer);
  let place = 0;
  for (const text of texts) {
    view.setUint32(place, text.length, true);
    bytes.set(text, place + 4);
    place += 4 + text.length;
  }
  return bytes;
}
