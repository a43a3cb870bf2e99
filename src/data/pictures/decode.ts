/** One picture file to its pixels. */
import { InputError } from '../../base/errors.js';
import type { PictureSize } from '../../spec/field.js';
import type { ByteSource } from '../source.js';
import type { Picture } from '../table.js';
import { bytesOf } from './bytes-of.js';
import type { LoadDecoder, PictureFormat } from './decoder.js';
import { formatOf, type PictureHeader, readHeader } from './header.js';
import { resizePicture } from './resize.js';

/** Pixels of one picture: a decoder holds four bytes for each, and a few lying bytes could ask for billions. */
const mostPixels = 64_000_000;

type Decode = (bytes: Uint8Array<ArrayBuffer>) => Promise<{ width: number; height: number; data: Uint8ClampedArray }>;

const decoders = new Map<PictureFormat, Promise<Decode>>();

/** Times that pixels may outdo the bytes they come from, beyond what is read: cameras pack 10 to 50 times, PNG at the most 1,030 times. */
const largestRatio = 200;

/** @throws InputError `not-a-picture`, `picture-too-large` or `picture-bomb`, naming the file */
export async function decodePicture(bytes: Uint8Array, file: string, load: LoadDecoder): Promise<Picture> {
  const header = readHeader(bytes);
  if (!header) throw notAPicture(file, formatOf(bytes) ? 'it ends before it says how large it is' : `it begins with ${beginning(bytes)}`);
  const pixels = header.width * header.height;
  if (pixels > mostPixels || pixels === 0) throw pixels * 3 > bytes.length * largestRatio ? bomb(file, header) : tooLarge(file, header);
  const decode = await decoderOf(header.format, load);
  try {
    const { width, height, data } = await decode(bytes as Uint8Array<ArrayBuffer>);
    if (data.length !== width * height * 4 || data.length > 4 * mostPixels) throw new Error('its pixels do not fit its size');
    return { width, height, channels: 4, pixels: data };
  } catch (cause) {
    // A decoder that stopped in the middle may be left in any state: the next file gets a new one.
    decoders.delete(header.format);
    throw notAPicture(file, 'its data is damaged or cut off', cause);
  }
}

/** @throws InputError as `decodePicture`, and `picture-too-large` for a file of too many bytes */
export async function decodeFile(source: ByteSource, load: LoadDecoder, size?: PictureSize): Promise<Picture> {
  const file = source.name ?? 'The picture';
  const picture = await decodePicture(await bytesOf(source, file), file, load);
  return size ? { ...size, pixels: resizePicture(picture, size) } : picture;
}

function decoderOf(format: PictureFormat, load: LoadDecoder): Promise<Decode> {
  const known = decoders.get(format);
  if (known) return known;
  const opening = open(format, load);
  decoders.set(format, opening);
  // Not loaded this time, perhaps for want of a network: the next picture tries again.
  opening.catch(() => decoders.delete(format));
  return opening;
}

async function open(format: PictureFormat, load: LoadDecoder): Promise<Decode> {
  const module = await load(format);
  giveImageData();
  if (format === 'png') {
    const { init, decode } = await import('@jsquash/png/decode.js');
    await init(module);
    return (bytes) => decode(bytes.slice().buffer);
  }
  if (format === 'jpeg') {
    const { init, default: decode } = await import('@jsquash/jpeg/decode.js');
    await (init as Init)(module, silent);
    // Cameras that were held upright say so, instead of turning the picture.
    return (bytes) => decode(bytes.slice().buffer, { preserveOrientation: true });
  }
  const { init, default: decode } = await import('@jsquash/webp/decode.js');
  await (init as Init)(module, silent);
  return (bytes) => decode(bytes.slice().buffer);
}

/** As the packages have it; their types leave the second out. */
type Init = (module: WebAssembly.Module, options: object) => Promise<void>;

/** What a decoder has to say of a file is in the error already. */
const silent = { print: () => {}, printErr: () => {} };

/** The decoders answer with the browser's class, which Node does not have. */
function giveImageData(): void {
  const host = globalThis as { ImageData?: unknown };
  host.ImageData ??= class {
    readonly colorSpace = 'srgb';
    constructor(
      readonly data: Uint8ClampedArray,
      readonly width: number,
      readonly height: number,
    ) {}
  };
}

const tooLarge = (file: string, { width, height }: PictureHeader): InputError =>
  new InputError('picture-too-large', `${file} is ${width} × ${height} pixels; from 1 to ${mostPixels} are read.`, {
    advice: 'Make it smaller first.',
    place: { file },
  });

const bomb = (file: string, { width, height }: PictureHeader): InputError =>
  new InputError(
    'picture-bomb',
    `${file} is ${width} × ${height} pixels in hardly any bytes: more than ${largestRatio} times what it has.`,
    {
      advice: 'It is damaged, made to do harm, or of one colour. Take it away, or make it smaller.',
      place: { file },
    },
  );

export const beginning = (bytes: Uint8Array): string =>
  bytes.length === 0 ? 'nothing: it is empty' : Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');

export const notAPicture = (file: string, problem: string, cause?: unknown): InputError =>
  new InputError('not-a-picture', `${file} is not a picture that can be read: ${problem}.`, {
    advice: 'Give a PNG, JPEG or WebP file.',
    cause,
    place: { file },
  });
