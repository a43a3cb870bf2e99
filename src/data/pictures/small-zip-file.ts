/**
 * A small file of a zip, unpacked in one go: streams of its own cost a platform a hundred times what there is to unpack, and hold as much,
 * which counts where an archive has tens of thousands.
 */
import { inflateSync } from 'fflate';
import { BenchwrightError, InputError } from '../../base/errors.js';
import { damagedEntry, type Zip, type ZipFile } from './zip-file.js';

/** As the archive lists it (APPNOTE 6.3, 4.3.12). */
interface Entry {
  offset?: number;
  compressedSize: number;
  uncompressedSize: number;
  compressionMethod?: number;
  crc32?: number;
}

const mostPacked = 2 ** 18;
const mostUnpacked = 2 ** 22;
/** What stands before a file: this, its name and what else is said of it (APPNOTE 6.3, 4.3.7). */
const localHeaderBytes = 30;
const localHeaderMark = 0x04034b50;
const [stored, deflated] = [0, 8];

export const isSmall = ({ compressedSize, uncompressedSize, compressionMethod }: Entry): boolean =>
  compressedSize <= mostPacked && uncompressedSize <= mostUnpacked && (compressionMethod === stored || compressionMethod === deflated);

export class SmallZipFile implements ZipFile {
  readonly path: string;
  readonly size: number;
  readonly #zip: Zip;
  readonly #offset: number;
  readonly #unpackedSize: number;
  readonly #isStored: boolean;
  readonly #checksum: number;

  constructor(path: string, { offset = 0, compressedSize, uncompressedSize, compressionMethod, crc32 = 0 }: Entry, zip: Zip) {
    this.path = path;
    this.size = compressedSize;
    this.#zip = zip;
    this.#offset = offset;
    this.#unpackedSize = uncompressedSize;
    this.#isStored = compressionMethod === stored;
    this.#checksum = crc32 >>> 0;
  }

  async read(): Promise<Uint8Array> {
    const file = `${this.#zip.name}: ${this.path}`;
    let bytes: Uint8Array;
    try {
      const packed = await this.#packed();
      // One byte more than announced shows that there is more than announced.
      bytes = this.#isStored ? packed : inflateSync(packed, { out: new Uint8Array(this.#unpackedSize + 1) });
    } catch (cause) {
      throw cause instanceof BenchwrightError ? cause : damagedEntry(file, cause);
    }
    if (bytes.length > this.#unpackedSize) throw moreThanAnnounced(file, this.#unpackedSize);
    if (bytes.length < this.#unpackedSize || checksum(bytes) !== this.#checksum) throw damagedEntry(file, 'Its checksum is another.');
    this.#zip.budget.spend(bytes.length);
    return bytes;
  }

  begin(): Promise<Uint8Array> {
    return this.read();
  }

  stream(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const bytes = await this.read();
          if (bytes.length > 0) controller.enqueue(bytes);
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
  }

  async #packed(): Promise<Uint8Array> {
    const { blocks } = this.#zip;
    const header = new DataView((await blocks.bytes(this.#offset, this.#offset + localHeaderBytes)).buffer);
    if (header.byteLength < localHeaderBytes || header.getUint32(0, true) !== localHeaderMark)
      throw new Error('It is not where it is listed.');
    const begin = this.#offset + localHeaderBytes + header.getUint16(26, true) + header.getUint16(28, true);
    const packed = await blocks.bytes(begin, begin + this.size);
    if (packed.length < this.size) throw new Error('The archive ends before it does.');
    return packed;
  }
}

const moreThanAnnounced = (file: string, announced: number): InputError =>
  new InputError('unpacks-too-large', `${file} unpacks to more than the ${announced} bytes that its archive announces.`, {
    advice: 'The archive is damaged, or made to do harm. Make it anew.',
    place: { file },
  });

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 as zip has it (APPNOTE 6.3, 4.4.7). */
function checksum(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (let place = 0; place < bytes.length; place++) value = (value >>> 8) ^ table[(value ^ bytes[place]) & 0xff];
  return (value ^ 0xffffffff) >>> 0;
}
