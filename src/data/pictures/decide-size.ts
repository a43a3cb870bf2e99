/** The size that pictures are brought to where nobody asks for one: a function of the pictures alone. */
import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import { milliseconds } from '../../base/clock.js';
import type { PictureSize } from '../../spec/field.js';
import { decodePicture } from './decode.js';
import type { LoadDecoder } from './decoder.js';
import { formatOf, type PictureHeader, readHeader } from './header.js';
import { isOfOneFile, type PictureFile } from './picture-file.js';
import { resizePicture } from './resize.js';

/** Pictures are brought to this height and width where they have several, or a larger one. */
const largestSide = 64;
/** Pixels of a picture that is decoded, wherever it stands, to see whether a file that could hold colours does; of larger ones only so many are. */
const quickPixels = 2 ** 16;
const mostLargeDecoded = 200;
/** Milliseconds that the thread is kept at most. */
const longestBlock = 20;

/**
 * Their own where all have the same and it is small; grey where all are. Stops looking where no further picture can change the answer.
 * @returns nothing where no file is a picture; yields when others may have their turn
 */
export async function* decideSize(
  files: readonly PictureFile[],
  loadDecoder: LoadDecoder,
  signal?: AbortSignal,
): AsyncGenerator<void, PictureSize | undefined> {
  const colours = new Colours(loadDecoder);
  let first: PictureHeader | undefined;
  let isOwn = true;
  let since = milliseconds();
  for (const file of files) {
    throwIfAborted(signal);
    if (milliseconds() - since > longestBlock) {
      yield;
      await yieldToEventLoop();
      since = milliseconds();
    }
    const header = await headerOf(file);
    if (!header) continue;
    first ??= header;
    isOwn &&= header.height === first.height && header.width === first.width && Math.max(header.height, header.width) <= largestSide;
    await colours.look(file, header);
    if (!isOwn && colours.found) break;
  }
  if (!first) return undefined;
  const own = isOwn ? { height: first.height, width: first.width } : { height: largestSide, width: largestSide };
  return { ...own, channels: colours.found ? 3 : 1 };
}

/** A file that cannot be read is told of when its turn comes. */
async function headerOf(file: PictureFile): Promise<PictureHeader | undefined> {
  try {
    const begun = await file.begin();
    if (!formatOf(begun)) return undefined;
    return readHeader(begun) ?? readHeader(await file.read());
  } catch (error) {
    if (!isOfOneFile(error)) throw error;
    return undefined;
  }
}

/** Whether any picture has colours. Many files could hold some and do not. */
class Colours {
  readonly #load: LoadDecoder;
  #large = 0;
  found = false;

  constructor(load: LoadDecoder) {
    this.#load = load;
  }

  async look(file: PictureFile, { grey, height, width }: PictureHeader): Promise<void> {
    if (this.found || grey || (height * width > quickPixels && this.#large++ >= mostLargeDecoded)) return;
    try {
      const picture = await decodePicture(await file.read(), file.path, this.#load);
      this.found = hasColours(resizePicture(picture, { height: picture.height, width: picture.width, channels: 3 }));
    } catch (error) {
      if (!isOfOneFile(error)) throw error;
    }
  }
}

function hasColours(pixels: Uint8Array): boolean {
  for (let place = 0; place < pixels.length; place += 3) {
    if (pixels[place] !== pixels[place + 1] || pixels[place] !== pixels[place + 2]) return true;
  }
  return false;
}
