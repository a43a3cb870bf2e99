/** The bytes of a zip as its library asks for them and gives them. */

import { Reader, Writer } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { joinedBytes } from '../../base/joined.js';
import type { ByteSource } from '../source.js';
import { type Blocks, blocksOf } from '../sources/blocks.js';
import { bytesOf } from './bytes-of.js';

/** Bytes that all files of one archive may unpack to, wherever they overlap and whatever sizes were announced. */
const mostUnpacked = 2 ** 36;

/** In blocks: thousands of small files lie side by side, and each read of its own takes longer than to unpack it. */
export class SliceReader extends Reader<ByteSource> {
  readonly blocks: Blocks;

  constructor(
    readonly source: ByteSource,
    name: string,
  ) {
    super(source);
    this.size = source.size ?? 0;
    const read = (start: number, end: number): Promise<Uint8Array> => bytesOf(source.slice?.(start, end) ?? source, name);
    this.blocks = blocksOf(name, this.size, read);
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    return this.blocks.bytes(index, index + length);
  }
}

/** Nobody wants more of it. */
export class Enough extends Error {}

/** What is left of the bytes that one archive may unpack to. */
export class Budget {
  readonly #beyond: (most: number) => Error;
  #left = mostUnpacked;

  constructor(beyond: (most: number) => Error) {
    this.#beyond = beyond;
  }

  spend(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) throw this.#beyond(mostUnpacked);
  }
}

/** Keeps at most so many bytes, and then ends the unpacking. */
export class PiecesWriter extends Writer<Uint8Array> {
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
    return joinedBytes(this.#pieces);
  }
}
