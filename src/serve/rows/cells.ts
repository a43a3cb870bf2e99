/** One value of a request as a raw value of a row: what JSON can say of a number, a text or a picture. */
import { InputError } from '../../base/errors.js';
import { decodePicture } from '../../data/pictures/decode.js';
import type { LoadDecoder } from '../../data/pictures/decoder.js';
import type { RawValue } from '../../data/rows.js';
import type { Picture } from '../../data/table.js';
import { shown } from '../../spec/expectation.js';
import type { Input } from '../signature.js';

/**
 * `{"b64": …}` is a text in UTF-8.
 * @throws InputError `wrong-value` naming the row (from 1) and the column; `invalid-base64`
 */
export function cellOf(value: unknown, input: Input, row: number): RawValue {
  const bytes = bytesOf(value);
  if (bytes) return new TextDecoder().decode(bytes);
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw wrongValue(value, input, row, input.kind === 'number' ? 'a number' : 'a text');
}

/**
 * A file as bytes or `{"b64": …}`, or the pixels from 0 to 255: as nested lists [height][width] or [height][width][channels], or as `Pixels`.
 * @throws InputError `wrong-value` naming the row (from 1) and the column; `invalid-base64`; those of `decodePicture`
 */
export async function pictureOf(value: unknown, input: Input, row: number, loadDecoder: LoadDecoder): Promise<Picture> {
  const bytes = value instanceof Uint8Array ? value : bytesOf(value);
  if (bytes) return await decodePicture(bytes, `Row ${row}, column "${input.name}"`, loadDecoder);
  const picture = value instanceof Pixels ? value.picture() : pixelsIn(value);
  if (picture) return picture;
  throw wrongValue(
    value instanceof Pixels ? value.numbers : value,
    input,
    row,
    'a picture: {"b64": "…"} of a PNG, JPEG or WebP file, or its pixels as nested lists of numbers from 0 to 255',
  );
}

/** Of `{"b64": …}`; undefined of anything else. @throws InputError `invalid-base64` */
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

/** What may be the pixels of a picture, one behind the other, row-major. */
export class Pixels {
  readonly #size: { height: number; width: number; channels: number };
  readonly numbers: readonly unknown[];

  constructor(size: { height: number; width: number; channels: number }, numbers: readonly unknown[]) {
    this.#size = size;
    this.numbers = numbers;
  }

  /** Undefined where they are none. */
  picture(): Picture | undefined {
    const { height, width, channels } = this.#size;
    const isSize = height > 0 && width > 0 && (channels === 1 || channels === 3 || channels === 4);
    if (!isSize || this.numbers.length !== height * width * channels) return undefined;
    if (!this.numbers.every((number) => typeof number === 'number' && number >= 0 && number <= 255)) return undefined;
    return { height, width, channels, pixels: Uint8Array.from(this.numbers as number[], Math.round) };
  }
}

function pixelsIn(value: unknown): Picture | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const lines: unknown[] = value;
  const width = Array.isArray(lines[0]) ? lines[0].length : 0;
  const first: unknown = Array.isArray(lines[0]) ? lines[0][0] : undefined;
  const channels = Array.isArray(first) ? first.length : 1;
  const isEven = lines.every((line) => Array.isArray(line) && line.length === width);
  return isEven ? new Pixels({ height: lines.length, width, channels }, lines.flat(2)).picture() : undefined;
}

const wrongValue = (value: unknown, { name }: Input, row: number, expected: string): InputError =>
  new InputError('wrong-value', `Row ${row}, column "${name}": ${shown(value, [])} is not ${expected}.`, {
    advice: `Give ${expected}.`,
    place: { row, column: name },
  });
