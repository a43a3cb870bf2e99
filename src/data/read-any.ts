/** Any source as columns: pictures where it holds some, a table otherwise. */
import type { PictureSize } from '../spec/field.js';
import type { LoadDecoder } from './pictures/decoder.js';
import { openPictures } from './pictures/open.js';
import { readPictures } from './pictures/read.js';
import { type ReadEvent, type ReadOptions, type ReadResult, readSource } from './read.js';
import type { Source } from './source.js';

export interface ReadAnyOptions extends ReadOptions {
  loadDecoder: LoadDecoder;
  /** The size that pictures are brought to. */
  pictures?: PictureSize | undefined;
}

export async function* readAny(source: Source, options: ReadAnyOptions): AsyncGenerator<ReadEvent, ReadResult> {
  const { readBuiltin, loadDecoder, signal, pictures: size } = options;
  const pictures = await openPictures(source, { readBuiltin, loadDecoder, signal, size, needClasses: true });
  return yield* pictures ? readPictures(pictures, signal) : readSource(source, options);
}
