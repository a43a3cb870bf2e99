/** Bytes that grow: the cells of a batch, one after the other. */

const fewestBytes = 2 ** 16;

export class BytesOut {
  data = new Uint8Array(fewestBytes);
  length = 0;

  push(byte: number): void {
    if (this.length === this.data.length) this.#grow(1);
    this.data[this.length++] = byte;
  }

  copy(from: Uint8Array, start: number, end: number): void {
    const bytes = end - start;
    if (this.length + bytes > this.data.length) this.#grow(bytes);
    // Most cells are a few bytes, for which a loop is faster than a view.
    if (bytes < 24) for (let place = start, at = this.length; place < end; place++, at++) this.data[at] = from[place];
    else this.data.set(from.subarray(start, end), this.length);
    this.length += bytes;
  }

  /** A character as UTF-8. */
  pushCharacter(code: number): void {
    if (code < 0x80) {
      this.push(code);
      return;
    }
    if (code < 0x800) this.push(0xc0 | (code >> 6));
    else {
      if (code < 0x10000) this.push(0xe0 | (code >> 12));
      else {
        this.push(0xf0 | (code >> 18));
        this.push(0x80 | ((code >> 12) & 0x3f));
      }
      this.push(0x80 | ((code >> 6) & 0x3f));
    }
    this.push(0x80 | (code & 0x3f));
  }

  #grow(more: number): void {
    const larger = new Uint8Array(Math.max(this.length + more, 2 * this.data.length));
    larger.set(this.data.subarray(0, this.length));
    this.data = larger;
  }
}
