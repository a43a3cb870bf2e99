/** The files of a zip, each read when it is asked for. What the archive says of itself is bounded, not believed. */
import { configure, type FileEntry, Reader, Writer, ZipReader } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { throwIfAborted } from '../../base/abort.js';
import { BenchwrightError, InputError } from '../../base/errors.js';
import type { ByteSource } from '../source.js';
import { blocksOf } from '../sources/blocks.js';
import { isBomb, unpacksTooLarge } from '../sources/gzip.js';
import { bytesOf, joined, mostBytes, tooManyBytes } from './bytes-of.js';
import { headerBytes } from './header.js';
import type { PictureFile } from './picture-file.js';

export interface ZipFile extends PictureFile {
  /** Unpacked piece by piece. Its reading fails with InputError `damaged-file` or `unpacks-too-large`. */
  stream(): ReadableStream<Uint8Array>;
}

configure({ useWebWorkers: false });

const mostEntries = 1_000_000;
/** Bytes that all files of one archive may unpack to, wherever they overlap and whatever sizes were announced. */
const mostUnpacked = 2 ** 36;

/** @throws InputError `damaged-file`, `zip-encrypted` or `zip-too-large` */
export async function filesOfZip(source: ByteSource, name: string, signal?: AbortSignal): Promise<ZipFile[]> {
  const whole = source.slice ? source : new Blob([(await bytesOf(source, name)) as Uint8Array<ArrayBuffer>]);
  // Nothing is ever written under a file's name, so that names need not be safe.
  const reader = new ZipReader(new SliceReader(whole, name), { filenameValidation: 'tolerant' });
  const budget = new Budget(name);
  const files: ZipFile[] = [];
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      throwIfAborted(signal);
      if (entry.directory) continue;
      if (entry.encrypted) throw refuse('zip-encrypted', name, 'its files are locked with a password', 'Unpack it first.');
      if (files.length === mostEntries) throw refuse('zip-too-large', name, `it has more than ${mostEntries} files`, 'Divide it.');
      files.push(fileOf(entry, name, budget));
    }
  } catch (cause) {
    if (cause instanceof BenchwrightError) throw cause;
    throw refuse('damaged-file', name, 'it is no zip, or a damaged one', 'Get the file anew.', cause);
  }
  return files;
}

function fileOf(entry: FileEntry, zip: string, budget: Budget): ZipFile {
  const path = pathOf(entry.filename);
  return {
    path,
    size: entry.compressedSize,
    read: () => unpacked(entry, zip, new PiecesWriter(budget, mostBytes, () => tooManyBytes(path))),
    begin: () => unpacked(entry, zip, new PiecesWriter(budget, headerBytes, () => new Enough())),
    stream: () => streamOf(entry, zip),
  };
}

function streamOf(entry: FileEntry, zip: string): ReadableStream<Uint8Array> {
  const file = `${zip}: ${entry.filename}`;
  let length = 0;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      length += piece.length;
      if (isBomb(length, entry.compressedSize)) controller.error(unpacksTooLarge(file));
      else controller.enqueue(piece);
    },
  });
  const damaged = (cause: unknown): InputError => refuse('damaged-file', file, 'it is damaged', 'Make the zip anew.', cause);
  // A reader that has seen enough ends the unpacking: nobody is there to be told.
  entry.getData(writable, { checkCrc32: true, preventClose: true }).then(
    () => writable.close().catch(() => undefined),
    (cause) => writable.abort(damaged(cause)).catch(() => undefined),
  );
  return readable;
}

const pathOf = (filename: string): string =>
  filename
    .split(/[/\\]+/)
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/');

async function unpacked(entry: FileEntry, zip: string, writer: PiecesWriter): Promise<Uint8Array> {
  const file = `${zip}: ${entry.filename}`;
  try {
    await entry.getData(writer, { checkCrc32: true });
  } catch (cause) {
    // Damage behind the first bytes is found when all are read.
    if (writer.end instanceof Enough) return writer.bytes();
    if (writer.end) throw writer.end;
    if (cause instanceof BenchwrightError) throw cause;
    throw refuse('damaged-file', file, 'it is damaged', 'Make the zip anew.', cause);
  }
  return writer.bytes();
}

/** In blocks: thousands of small files lie side by side, and each read of its own takes longer than to unpack it. */
class SliceReader extends Reader<ByteSource> {
  readonly #name: string;
  readonly #blocks: (start: number, end: number) => ByteSource;

  constructor(
    readonly source: ByteSource,
    name: string,
  ) {
    super(source);
    this.size = source.size ?? 0;
    this.#name = name;
    const read = (start: number, end: number): Promise<Uint8Array> => bytesOf(source.slice?.(start, end) ?? source, name);
    this.#blocks = blocksOf(name, this.size, read);
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    return bytesOf(this.#blocks(index, Math.min(index + length, this.size)), this.#name);
  }
}

class Enough extends Error {}

/** What is left of the bytes that one archive may unpack to. */
class Budget {
  readonly #name: string;
  #left = mostUnpacked;

  constructor(name: string) {
    this.#name = name;
  }

  spend(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) throw refuse('zip-too-large', this.#name, `it unpacks to more than ${mostUnpacked / 2 ** 30} GiB`, 'Divide it.');
  }
}

/** Keeps at most so many bytes, and then ends the unpacking. */
class PiecesWriter extends Writer<Uint8Array> {
  readonly #pieces: Uint8Array[] = [];
  readonly #budget: Budget;
  readonly #most: number;
  readonly #beyond: () => Error;
  #length = 0;
  /** Why it ended early. */
  end: Error | undefined;

  constructor(budget: Budget, most: number, beyond: () => Error) {
    super();
    this.#budget = budget;
    this.#most = most;
    this.#beyond = beyond;
  }

  override async writeUint8Array(piece: Uint8Array): Promise<void> {
    this.#length += piece.length;
    this.#pieces.push(piece.slice());
    try {
      this.#budget.spend(piece.length);
      if (this.#length > this.#most) throw this.#beyond();
    } catch (error) {
      this.end = error as Error;
      throw error;
    }
  }

  bytes(): Uint8Array {
    return joined(this.#pieces);
  }
}

const refuse = (code: string, file: string, problem: string, advice: string, cause?: unknown): InputError =>
  new InputError(code, `${file} cannot be read: ${problem}.`, { advice, cause, place: { file } });
