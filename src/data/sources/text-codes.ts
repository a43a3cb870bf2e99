/** Distinct texts by their bytes: each gets a code, in order of appearance, and is decoded once. */

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class TextCodes {
  readonly #data: Uint8Array;
  /** Open addressing: code + 1, 0 where free. */
  readonly #table: Int32Array;
  readonly #mask: number;
  readonly #hashes: Int32Array;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  #count = 0;

  /** @param most distinct texts */
  constructor(data: Uint8Array, most: number) {
    this.#data = data;
    let size = 8;
    while (size < 2 * most) size *= 2;
    this.#table = new Int32Array(size);
    this.#mask = size - 1;
    this.#hashes = new Int32Array(most);
    this.#starts = new Int32Array(most);
    this.#ends = new Int32Array(most);
  }

  codeOf(start: number, end: number): number {
    const data = this.#data;
    let hash = 0x811c9dc5;
    for (let place = start; place < end; place++) hash = Math.imul(hash ^ data[place], 0x01000193);
    hash ^= hash >>> 15;
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const code = this.#table[slot] - 1;
      if (code < 0) {
        this.#table[slot] = this.#count + 1;
        this.#hashes[this.#count] = hash;
        this.#starts[this.#count] = start;
        this.#ends[this.#count] = end;
        return this.#count++;
      }
      if (this.#hashes[code] === hash && this.#same(code, start, end)) return code;
    }
  }

  #same(code: number, start: number, end: number): boolean {
    const data = this.#data;
    const other = this.#starts[code];
    if (this.#ends[code] - other !== end - start) return false;
    for (let place = start, at = other; place < end; place++, at++) if (data[place] !== data[at]) return false;
    return true;
  }

  dictionary(): string[] {
    return Array.from({ length: this.#count }, (_, code) => decoder.decode(this.#data.subarray(this.#starts[code], this.#ends[code])));
  }
}
