/** The IDX format of MNIST and its kin: four bytes of magic, big-endian extents, then bytes (http://yann.lecun.com/exdb/mnist). */
import { InputError } from '../../base/errors.js';

export interface IdxArray {
  /** The first is the number of items. */
  extents: number[];
  values: Uint8Array;
}

const unsignedByte = 8;

/** @throws InputError `damaged-file`, naming it */
export function parseIdx(bytes: Uint8Array, file: string): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dimensions = bytes.length >= 4 && view.getUint16(0) === 0 && bytes[2] === unsignedByte ? bytes[3] : 0;
  const header = 4 + 4 * dimensions;
  if (dimensions === 0 || bytes.length < header) throw damaged(file, 'it does not begin as an IDX file of bytes');
  const extents = Array.from({ length: dimensions }, (_, index) => view.getUint32(4 + 4 * index));
  const expected = extents.reduce((product, extent) => product * extent, 1);
  if (expected !== bytes.length - header) throw damaged(file, `it has ${bytes.length - header} values and should have ${expected}`);
  return { extents, values: bytes.subarray(header) };
}

const damaged = (file: string, problem: string): InputError =>
  new InputError('damaged-file', `${file} cannot be used: ${problem}.`, { advice: 'Get the file anew.', place: { file } });
