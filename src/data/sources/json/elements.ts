/** The rows of a JSON text one after the other, whatever they lie in. */
import { closeBracket, comma, type JsonCursor } from './cursor.js';
import type { JsonInput } from './input.js';

export class Elements {
  readonly #input: JsonInput;
  readonly #inArray: boolean;
  #first: boolean;

  /** @param first whether no row is before */
  constructor(input: JsonInput, inArray: boolean, first: boolean) {
    this.#input = input;
    this.#inArray = inArray;
    this.#first = first;
  }

  /**
   * Answers whether it stopped because `isFull`, and not at the end.
   * @param read a row that the cursor is on; called anew where not all of it was there
   */
  read(read: (cursor: JsonCursor) => void, isFull: () => boolean): Promise<boolean> {
    return this.#input.take((cursor) => {
      for (;;) {
        if (isFull()) return true;
        if (!this.#reachesRow(cursor)) return false;
        read(cursor);
        this.#first = false;
        this.#input.commit();
      }
    });
  }

  #reachesRow(cursor: JsonCursor): boolean {
    let byte = cursor.peek();
    if (!this.#inArray) return byte >= 0;
    if (byte === closeBracket) return false;
    if (!this.#first) {
      if (byte !== comma) throw cursor.unexpected('a comma or "]"');
      cursor.place += 1;
      byte = cursor.peek();
    }
    if (byte < 0 || byte === closeBracket) throw cursor.unexpected('a row');
    return true;
  }
}
