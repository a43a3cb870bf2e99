/** Whether a source holds pictures, and these as one source whatever they lie in. */
import type { Store } from '../../storage/store.js';
import { findBuiltin } from '../builtins.js';
import type { CollectionFile } from '../collections/collection-file.js';
import { openCollection } from '../collections/open-collection.js';
import type { ByteSource, ReadBuiltin, Source, SourceFile } from '../source.js';
import type { OpenOptions as TableOptions } from '../sources/bytes.js';
import type { TableFile } from '../sources/table-file.js';
import { openBuiltinPictures } from './builtin.js';
import { bytesOf } from './bytes-of.js';
import { type OpenPicturesOptions, openPictureFiles } from './files.js';
import { formatOf, headerBytes, readHeader } from './header.js';
import type { PictureSource } from './item.js';
import { isOfficeDocument } from './office.js';
import type { PictureFile } from './picture-file.js';

export interface OpenOptions extends OpenPicturesOptions {
  readBuiltin: ReadBuiltin;
  store?: Store | undefined;
}

/** What a source turns out to hold: pictures, or a table, which may lie in a zip by itself. */
export type Opened =
  | { pictures: PictureSource }
  | { pictures?: undefined; table: Source; open?: undefined }
  | { pictures?: undefined; open: () => Promise<TableFile> };

/** Yields while it looks at the files. @throws as `openPictureFiles` and `filesOfZip` do */
export async function* openPictures(source: Source, options: OpenOptions): AsyncGenerator<void, Opened> {
  switch (source.kind) {
    case 'builtin': {
      const { pictures, name } = await findBuiltin(source.name, options.readBuiltin);
      return pictures ? { pictures: await openBuiltinPictures(name, pictures, options.readBuiltin, options.signal) } : { table: source };
    }
    case 'pictures': {
      const files = source.files.map(collectionFile);
      const { name } = source;
      const table = await openCollection({ name, files, isArchive: false }, tableOptions(options));
      return table ?? { pictures: yield* openPictureFiles(name, files, options) };
    }
    case 'file':
      return yield* openFile(source, options);
    default:
      return { table: source };
  }
}

async function* openFile(source: Extract<Source, { kind: 'file' }>, options: OpenOptions): AsyncGenerator<void, Opened> {
  const { name, file } = source;
  const begun = await firstBytes(file, name);
  if (isZip(begun)) {
    const { filesOfZip } = await import('./zip.js');
    const files = await filesOfZip(file, name, options.signal);
    if (isOfficeDocument(files)) return { table: source };
    const table = await openCollection({ name, files, isArchive: true, entry: source.entry }, tableOptions(options));
    return table ?? { pictures: yield* openPictureFiles(name, files, options) };
  }
  // A picture by itself is no dataset; cut off it is best told of by whoever wanted a table.
  const isPicture = options.needClasses ? readHeader(begun) : formatOf(begun);
  return isPicture ? { pictures: yield* openPictureFiles(name, [pictureFile({ path: name, file })], options) } : { table: source };
}

/** A zip begins with its first file, or with its end where it is empty. */
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

const tableOptions = ({ readBuiltin, signal, store }: OpenOptions): TableOptions => ({
  readBuiltin,
  ...(signal ? { signal } : {}),
  ...(store ? { store } : {}),
});

const collectionFile = (given: SourceFile): CollectionFile => ({ ...pictureFile(given), stream: () => given.file.stream() });

const pictureFile = ({ path, file }: SourceFile): PictureFile => ({
  path,
  size: file.size ?? 0,
  read: () => bytesOf(file, path),
  begin: () => firstBytes(file, path),
});

/** Nothing of what cannot be read twice, such as the answer of an address. */
async function firstBytes(file: ByteSource, name: string): Promise<Uint8Array> {
  return file.slice ? bytesOf(file.slice(0, Math.min(headerBytes, file.size ?? headerBytes)), name) : new Uint8Array(0);
}
