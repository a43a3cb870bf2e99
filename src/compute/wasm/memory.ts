/**
 * The kernels' memory: regions for networks, taken first-fit and given back whole. A WebAssembly memory grows and never shrinks, so what is
 * given back is used again; when nothing is left in use, `isEmpty` lets the engine drop a large memory altogether.
 */
import { DeviceError } from '../../base/errors.js';
import type { Address } from './address.js';
import { gemmScratch } from './kernels.js';

const pageBytes = 65_536;
/** 4 GiB, all that a 32-bit address reaches. */
const mostPages = 65_536;
const alignment = 64;

const firstRegion = alignment + Math.ceil((gemmScratch * 4) / alignment) * alignment;

interface Region {
  address: Address;
  bytes: number;
}

export class KernelMemory {
  /** Room that kernels use while they run, the same for all networks. Address 0 stands for "none", so nothing is placed there. */
  readonly scratch: Address = alignment;
  readonly memory: WebAssembly.Memory;
  /** In use, by address. */
  readonly #regions: Region[] = [];
  #floats: Float32Array<ArrayBuffer>;

  constructor(readonly limitPages = mostPages) {
    this.memory = new WebAssembly.Memory({ initial: Math.ceil(firstRegion / pageBytes), maximum: mostPages });
    this.#floats = new Float32Array(this.memory.buffer as ArrayBuffer);
  }

  /** All of the memory as numbers. Growing detaches a view: ask each time. */
  get floats(): Float32Array<ArrayBuffer> {
    if (this.#floats.length === 0) this.#floats = new Float32Array(this.memory.buffer as ArrayBuffer);
    return this.#floats;
  }

  get bytesInUse(): number {
    return this.#regions.reduce((sum, region) => sum + region.bytes, 0);
  }

  /** [length] numbers at a byte address. */
  view(address: Address, length: number): Float32Array<ArrayBuffer> {
    return this.floats.subarray(address / 4, address / 4 + length);
  }

  /**
   * Takes zeroed room for so many numbers.
   * @throws DeviceError `device-memory` when there is none
   */
  allocate(length: number): Address {
    const bytes = Math.ceil((length * 4) / alignment) * alignment;
    let address = firstRegion;
    let position = 0;
    while (position < this.#regions.length && this.#regions[position].address - address < bytes) {
      address = this.#regions[position].address + this.#regions[position].bytes;
      position++;
    }
    this.#reach(address + bytes, bytes);
    this.#regions.splice(position, 0, { address, bytes });
    this.view(address, bytes / 4).fill(0);
    return address;
  }

  release(address: Address): void {
    const position = this.#regions.findIndex((region) => region.address === address);
    if (position >= 0) this.#regions.splice(position, 1);
  }

  #reach(end: number, wanted: number): void {
    const pages = Math.ceil(end / pageBytes) - this.memory.buffer.byteLength / pageBytes;
    if (pages <= 0) return;
    try {
      if (end > this.limitPages * pageBytes) throw new RangeError('beyond the limit');
      this.memory.grow(pages);
    } catch (cause) {
      const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
      throw new DeviceError(
        'device-memory',
        `The network needs ${mebibytes(wanted)} MiB; wasm has ${mebibytes(this.bytesInUse)} MiB in use and cannot take so much more.`,
        { advice: 'Use fewer units or a smaller batch, or close other models.', cause },
      );
    }
  }
}
