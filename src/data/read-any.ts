/** Any source as columns: pictures where it holds some, a table otherwise. */
import type { PictureSize } from '../spec/field.js';
import { downloaded } from './downloaded.js';
import type { LoadDecoder } from './pictures/decoder.js';
import { openPictures } from './pictures/open.js';
import { readPictures } from './pictures/read.js';
import { type ReadEvent, type ReadOptions, type ReadResult, readSource, readTable } from './read.js';
import type { Source } from './source.js';

export interface ReadAnyOptions extends ReadOptions {
  loadDecoder: LoadDecoder;
  /** The size that pictures are brought to. */
  pictures?: PictureSize | undefined;
}

export async function* readAny(source: Source, options: ReadAnyOptions): AsyncGenerator<ReadEvent, ReadResult> {
  const { readBuiltin, loadDecoder, signal, pictures: size } = options;
  const opening = openPictures(yield* downloaded(source, signal), {
    readBuiltin,
    loadDecoder,
    signal,
    size,
    store: options.store,
    needClasses: true,
  });
  for (let next = await opening.next(); ; next = await opening.next()) {
    if (next.done) {
      const opened = next.value;
      if (opened.pictures) return yield* readPictures(opened.pictures, signal);
      return yield* opened.open ? readTable(await opened.open(), options) : readSource(opened.table, options);
    }
    yield { kind: 'progress', rows: 0, bytes: 0 };
  }
}
