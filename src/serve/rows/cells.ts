/** One value of a request as a raw value of a row: what JSON can say of a number, a text or a picture. */
import { InputError } from '../../base/errors.js';
import { decodePicture } from '../../data/pictures/decode.js';
import type { LoadDecoder } from '../../data/pictures/decoder.js';
import type { RawValue } from '../../data/rows.js';
import type { Picture } from '../../data/table.js';
import { shown } from '../../spec/expectation.js';
import type { Input } from '../signature.js';

/**
 * `{"b64": …}` is bytes: a text in UTF-8, or a picture file. A picture may also be its pixels as nested lists [height][width] or
 * [height][width][channels], 0 to 255.
 * @throws InputError `wrong-value` naming the row (from 1) and the column
 */
export async function cellOf(value: unknown, input: Input, row: number, loadDecoder: LoadDecoder): Promise<RawValue> {
  if (input.kind === 'picture') return await pictureOf(value, input, row, loadDecoder);
  const bytes = bytesOf(value);
  if (bytes) return new TextDecoder().decode(bytes);
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw wrongValue(value, input, row, input.kind === 'number' ? 'a number' : 'a text');
}

async function pictureOf(value: unknown, input: Input, row: number, loadDecoder: LoadDecoder): Promise<Picture> {
  const bytes = value instanceof Uint8Array ? value : bytesOf(value);
  if (bytes) return await decodePicture(bytes, `Row ${row}, column "${input.name}"`, loadDecoder);
  const picture = pixelsOf(value);
  if (picture) return picture;
  throw wrongValue(
    value,
    input,
    row,
    'a picture: {"b64": "…"} of a PNG, JPEG or WebP file, or its pixels as nested lists of numbers from 0 to 255',
  );
}

/** @throws InputError `invalid-base64` */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'b64')) return undefined;
  const { b64 } = value as { b64: unknown };
  if (typeof b64 !== 'string') throw notBase64();
  try {
    return Uint8Array.from(atob(b64), (character) => character.charCodeAt(0));
  } catch (cause) {
    throw notBase64(cause);
  }
}

const notBase64 = (cause?: unknown): InputError =>
  new InputError('invalid-base64', 'The value of "b64" is not base64.', { advice: 'Send the bytes in base64.', cause });

function pixelsOf(value: unknown): Picture | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const lines: unknown[] = value;
  const width = Array.isArray(lines[0]) ? lines[0].length : 0;
  const first: unknown = Array.isArray(lines[0]) ? lines[0][0] : undefined;
  const channels = Array.isArray(first) ? first.length : 1;
  if (width === 0 || !(channels === 1 || channels === 3 || channels === 4)) return undefined;
  const numbers = lines.flat(2);
  const isEven = lines.every((line) => Array.isArray(line) && line.length === width);
  if (!isEven || numbers.length !== lines.length * width * channels) return undefined;
  if (!numbers.every((number) => typeof number === 'number' && number >= 0 && number <= 255)) return undefined;
  return { height: lines.length, width, channels, pixels: Uint8Array.from(numbers as number[], Math.round) };
}

export const wrongValue = (value: unknown, { name }: Input, row: number, expected: string): InputError =>
  new InputError('wrong-value', `Row ${row}, column "${name}": ${shown(value, [])} is not ${expected}.`, {
    advice: `Give ${expected}.`,
    place: { row, column: name },
  });
