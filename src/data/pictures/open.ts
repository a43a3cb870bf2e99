/** Whether a source holds pictures, and these as one source whatever they lie in. */
import { findBuiltin } from '../builtins.js';
import type { ByteSource, ReadBuiltin, Source, SourceFile } from '../source.js';
import { openBuiltinPictures } from './builtin.js';
import { bytesOf } from './decode.js';
import type { LoadDecoder } from './decoder.js';
import { type OpenPicturesOptions, openPictureFiles, type PictureFile } from './files.js';
import { headerBytes, readHeader } from './header.js';
import type { PictureSource } from './item.js';

export interface OpenOptions extends Omit<OpenPicturesOptions, 'loadDecoder'> {
  readBuiltin: ReadBuiltin;
  loadDecoder: LoadDecoder;
}

/** @returns nothing where the source holds no pictures. @throws as `openPictureFiles` and `filesOfZip` do */
export async function openPictures(source: Source, options: OpenOptions): Promise<PictureSource | undefined> {
  switch (source.kind) {
    case 'builtin': {
      const { pictures, name } = await findBuiltin(source.name, options.readBuiltin);
      return pictures && openBuiltinPictures(name, pictures, options.readBuiltin, options.signal);
    }
    case 'pictures':
      return openPictureFiles(source.name, source.files.map(pictureFile), options);
    case 'file':
      return openFile(source.name, source.file, options);
    default:
      return undefined;
  }
}

async function openFile(name: string, file: ByteSource, options: OpenOptions): Promise<PictureSource | undefined> {
  const begun = await firstBytes(file, name);
  if (isZip(begun)) {
    const { filesOfZip } = await import('./zip.js');
    return openPictureFiles(name, await filesOfZip(file, name), options);
  }
  return readHeader(begun) ? openPictureFiles(name, [pictureFile({ path: name, file })], options) : undefined;
}

/** A zip begins with its first file, or with its end where it is empty. */
const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

const pictureFile = ({ path, file }: SourceFile): PictureFile => ({
  path,
  size: file.size ?? 0,
  read: () => bytesOf(file, path),
  begin: () => firstBytes(file, path),
});

/** Not asked of a source that cannot be read twice: an address. */
async function firstBytes(file: ByteSource, name: string): Promise<Uint8Array> {
  return file.slice ? bytesOf(file.slice(0, Math.min(headerBytes, file.size ?? headerBytes)), name) : new Uint8Array(0);
}
