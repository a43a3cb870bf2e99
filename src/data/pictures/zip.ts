/** The files of a zip, each read when it is asked for. What the archive says of itself is bounded, not believed. */
import { configure, type FileEntry, Reader, Writer, ZipReader } from '@zip.js/zip.js';
import { InputError } from '../../base/errors.js';
import type { ByteSource } from '../source.js';
import { bytesOf, mostBytes, tooManyBytes } from './decode.js';
import type { PictureFile } from './files.js';

configure({ useWebWorkers: false });

const mostEntries = 1_000_000;

/** @throws InputError `damaged-file`, `zip-encrypted` or `zip-too-many-files` */
export async function filesOfZip(source: ByteSource, name: string): Promise<PictureFile[]> {
  const whole = source.slice ? source : new Blob([(await bytesOf(source, name)) as Uint8Array<ArrayBuffer>]);
  const reader = new ZipReader(new SliceReader(whole));
  const files: PictureFile[] = [];
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory) continue;
      if (entry.encrypted) throw refuse('zip-encrypted', name, 'its files are locked with a password', 'Unpack it first.');
      if (files.length === mostEntries) throw refuse('zip-too-many-files', name, `it has more than ${mostEntries} files`, 'Divide it.');
      files.push({ path: pathOf(entry.filename), size: entry.compressedSize, read: () => unpacked(entry, name) });
    }
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw refuse('damaged-file', name, 'it is no zip, or a damaged one', 'Get the file anew.', cause);
  }
  return files;
}

/** A name only: nothing is ever written under it, so that dots lead nowhere. */
const pathOf = (filename: string): string =>
  filename
    .split(/[/\\]+/)
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/');

async function unpacked(entry: FileEntry, zip: string): Promise<Uint8Array> {
  const file = `${zip}: ${entry.filename}`;
  try {
    return await entry.getData(new BoundedWriter(file), { checkSignature: true });
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw refuse('damaged-file', file, 'it is damaged', 'Make the zip anew.', cause);
  }
}

class SliceReader extends Reader<ByteSource> {
  constructor(readonly source: ByteSource) {
    super(source);
    this.size = source.size ?? 0;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const part = this.source.slice?.(index, Math.min(index + length, this.size));
    return part ? bytesOf(part, 'The zip') : new Uint8Array(0);
  }
}

/** Ends an unpacking that goes on beyond what a picture may have, whatever size was announced. */
class BoundedWriter extends Writer<Uint8Array> {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  constructor(readonly file: string) {
    super();
  }

  override async writeUint8Array(piece: Uint8Array): Promise<void> {
    this.#length += piece.length;
    if (this.#length > mostBytes) throw tooManyBytes(this.file);
    this.#pieces.push(piece.slice());
  }

  override async getData(): Promise<Uint8Array> {
    const bytes = new Uint8Array(this.#length);
    let offset = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, offset);
      offset += piece.length;
    }
    return bytes;
  }
}

const refuse = (code: string, file: string, problem: string, advice: string, cause?: unknown): InputError =>
  new InputError(code, `${file} cannot be read: ${problem}.`, { advice, cause, place: { file } });
