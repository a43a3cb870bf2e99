/** A file of a zip that is unpacked piece by piece. */
import type { FileEntry } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { BenchwrightError } from '../../base/errors.js';
import { isBomb, unpacksTooLarge } from '../sources/gzip.js';
import { mostBytes, tooManyBytes } from './bytes-of.js';
import { headerBytes } from './header.js';
import { Enough, PiecesWriter } from './zip-bytes.js';
import { damagedEntry, type Zip, type ZipFile } from './zip-file.js';

export class LargeZipFile implements ZipFile {
  readonly path: string;
  readonly size: number;
  readonly #entry: FileEntry;
  readonly #zip: Zip;

  constructor(path: string, entry: FileEntry, zip: Zip) {
    this.path = path;
    this.size = entry.compressedSize;
    this.#entry = entry;
    this.#zip = zip;
  }

  get #name(): string {
    return `${this.#zip.name}: ${this.path}`;
  }

  read(): Promise<Uint8Array> {
    return this.#unpacked(mostBytes, () => (isBomb(mostBytes, this.size) ? unpacksTooLarge(this.#name) : tooManyBytes(this.path)));
  }

  begin(): Promise<Uint8Array> {
    return this.#unpacked(headerBytes, () => new Enough());
  }

  stream(): ReadableStream<Uint8Array> {
    let length = 0;
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
      transform: (piece, controller) => {
        length += piece.length;
        if (isBomb(length, this.size)) controller.error(unpacksTooLarge(this.#name));
        else controller.enqueue(piece);
      },
    });
    // A reader that has seen enough ends the unpacking: nobody is there to be told.
    this.#entry.getData(writable, { checkCrc32: true, preventClose: true }).then(
      () => writable.close().catch(() => undefined),
      (cause) => writable.abort(damagedEntry(this.#name, cause)).catch(() => undefined),
    );
    return readable;
  }

  async #unpacked(most: number, beyond: () => Error): Promise<Uint8Array> {
    const writer = new PiecesWriter(this.#zip.budget, most, beyond);
    try {
      await this.#entry.getData(writer, { checkCrc32: true });
    } catch (cause) {
      // Damage behind the first bytes is found when all are read.
      if (writer.end instanceof Enough) return writer.bytes();
      if (writer.end) throw writer.end;
      throw cause instanceof BenchwrightError ? cause : damagedEntry(this.#name, cause);
    }
    return writer.bytes();
  }
}
