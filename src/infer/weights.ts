/** Weights as stored bytes: 32-bit little-endian floats, nothing else. */
import { StorageError } from '../base/errors.js';

const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

export function encodeFloats(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
  return littleEndian ? bytes : swapped(bytes);
}

/**
 * @param expected how many numbers there must be
 * @throws StorageError `weights-damaged` when the length is another
 */
export function decodeFloats(bytes: Uint8Array, expected?: number): Float32Array {
  if (bytes.length % 4 !== 0 || (expected !== undefined && bytes.length !== expected * 4)) {
    const wanted = expected === undefined ? 'a multiple of 4' : `${expected * 4}`;
    throw new StorageError('weights-damaged', `The stored weights have ${bytes.length} bytes; expected ${wanted}.`, {
      advice: 'Train the model again, or import it again from where it came from.',
    });
  }
  // Not slice(), which Node's Buffer has as a view.
  const own = littleEndian ? new Uint8Array(bytes) : swapped(bytes);
  return new Float32Array(own.buffer, own.byteOffset, own.length / 4);
}

function swapped(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes);
  for (let start = 0; start < result.length; start += 4) result.subarray(start, start + 4).reverse();
  return result;
}
