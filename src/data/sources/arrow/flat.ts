/**
 * FlatBuffers, in which Arrow writes what it says of its data. Every place is checked: an offset that leads out of the bytes is a RangeError
 * of the view, and a vector cannot be longer than the bytes that it would need.
 */

export class FlatTable {
  readonly #view: DataView;
  readonly #place: number;
  readonly #slots: number;
  readonly #size: number;

  /** @param at the place of the offset that leads to the table */
  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#place = at + view.getUint32(at, true);
    this.#slots = this.#place - view.getInt32(this.#place, true);
    this.#size = view.getUint16(this.#slots, true);
  }

  /** Where a field lies; 0 where it is left out. */
  #at(field: number): number {
    const slot = 4 + 2 * field;
    if (slot + 2 > this.#size) return 0;
    const offset = this.#view.getUint16(this.#slots + slot, true);
    return offset === 0 ? 0 : this.#place + offset;
  }

  uint8(field: number, otherwise = 0): number {
    const at = this.#at(field);
    return at === 0 ? otherwise : this.#view.getUint8(at);
  }

  int16(field: number, otherwise = 0): number {
    const at = this.#at(field);
    return at === 0 ? otherwise : this.#view.getInt16(at, true);
  }

  int32(field: number, otherwise = 0): number {
    const at = this.#at(field);
    return at === 0 ? otherwise : this.#view.getInt32(at, true);
  }

  /** A number of 64 bits; as a double, which every size and count that is possible fits. */
  int64(field: number, otherwise = 0): number {
    const at = this.#at(field);
    return at === 0 ? otherwise : int64At(this.#view, at);
  }

  text(field: number): string {
    const at = this.#at(field);
    if (at === 0) return '';
    const start = at + this.#view.getUint32(at, true);
    const length = this.#view.getUint32(start, true);
    if (start + 4 + length > this.#view.byteLength) throw new RangeError('A text leads out of the message.');
    return new TextDecoder().decode(new Uint8Array(this.#view.buffer, this.#view.byteOffset + start + 4, length));
  }

  table(field: number): FlatTable | undefined {
    const at = this.#at(field);
    return at === 0 ? undefined : new FlatTable(this.#view, at);
  }

  tables(field: number): FlatTable[] {
    return this.#vector(field, 4, (at) => new FlatTable(this.#view, at));
  }

  /** A vector of structures of 64-bit numbers. */
  pairs(field: number): { first: number; second: number }[] {
    return this.#vector(field, 16, (at) => ({ first: int64At(this.#view, at), second: int64At(this.#view, at + 8) }));
  }

  int64s(field: number): number[] {
    return this.#vector(field, 8, (at) => int64At(this.#view, at));
  }

  #vector<Item>(field: number, stride: number, read: (at: number) => Item): Item[] {
    const at = this.#at(field);
    if (at === 0) return [];
    const start = at + this.#view.getUint32(at, true);
    const length = this.#view.getUint32(start, true);
    if (start + 4 + length * stride > this.#view.byteLength) throw new RangeError('A vector leads out of the message.');
    return Array.from({ length }, (_, index) => read(start + 4 + index * stride));
  }
}

const int64At = (view: DataView, at: number): number => Number(view.getBigInt64(at, true));
