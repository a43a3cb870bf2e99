/**
 * JSON read byte by byte from a buffer that may end anywhere (RFC 8259): each method reads one thing and leaves the cursor behind it, or
 * throws `incomplete` where the rest has not come yet; the caller then goes back and tries again with more. Beyond the standard, NaN and
 * Infinity are read: Python writes them.
 */
import type { BytesOut } from './bytes-out.js';
import { damagedJson, deepest, tooDeep } from './errors.js';

/** Thrown where more bytes are needed. One object for all: it is thrown often. */
export const incomplete = new Error('More bytes are needed.');

export const quote = 0x22;
export const comma = 0x2c;
export const colon = 0x3a;
export const openBracket = 0x5b;
export const closeBracket = 0x5d;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;
const backslash = 0x5c;
const newline = 0x0a;
const minus = 0x2d;

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const literals = ['true', 'false', 'null', 'NaN', 'Infinity', '-Infinity'].map(ascii);

/** What follows a backslash → the byte that it stands for. */
const escapes: ReadonlyMap<number, number> = new Map(
  [...'"\\/bfnrt'].map((letter, index) => [letter.charCodeAt(0), [0x22, 0x5c, 0x2f, 0x08, 0x0c, 0x0a, 0x0d, 0x09][index]]),
);

const hexDigit = (byte: number): number =>
  byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : byte >= 0x41 && byte <= 0x46 ? byte - 0x37 : -1;

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

export class JsonCursor {
  data: Uint8Array = new Uint8Array(0);
  place = 0;
  length = 0;
  line = 1;
  /** Whether nothing follows what is in the buffer. */
  last = false;
  /** Where in all the text the buffer begins. */
  offset = 0;
  /** The row that is being read, from 1; 0 outside of rows. */
  row = 0;

  constructor(readonly file: string) {}

  /** The next byte that is no space; −1 at the end of the text. */
  peek(): number {
    const { data, length } = this;
    let place = this.place;
    while (place < length) {
      const byte = data[place];
      if (byte === newline) this.line += 1;
      else if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09) {
        this.place = place;
        return byte;
      }
      place += 1;
    }
    this.place = place;
    if (!this.last) throw incomplete;
    return -1;
  }

  expect(byte: number, what: string): void {
    if (this.peek() !== byte) throw this.unexpected(what);
    this.place += 1;
  }

  /** A string, the cursor being on its quote, unescaped to `out`. */
  string(out?: BytesOut): void {
    const start = this.place + 1;
    const end = this.#endOfString();
    if (end.escaped) this.#unescape(start, end.place, out);
    else out?.copy(this.data, start, end.place);
    this.place = end.place + 1;
  }

  /** A number, true, false, null and their kin as they stand. */
  scalar(out?: BytesOut): void {
    const start = this.place;
    const byte = this.data[start];
    const named = !isDigit(byte) && !(byte === minus && this.data[start + 1] !== 0x49);
    const end = named ? this.#endOfLiteral() : this.#endOfNumber();
    out?.copy(this.data, start, end);
    this.place = end;
  }

  /** Any value as JSON without spaces, the cursor being on its first byte. @param depth of what is around it */
  value(depth: number, out?: BytesOut): void {
    const byte = this.data[this.place];
    if (byte === quote) {
      const start = this.place;
      const { place, escaped } = this.#endOfString();
      if (escaped) this.#unescape(start + 1, place);
      out?.copy(this.data, start, place + 1);
      this.place = place + 1;
    } else if (byte === openBracket || byte === openBrace) this.#nested(byte, depth + 1, out);
    else this.scalar(out);
  }

  #nested(open: number, depth: number, out?: BytesOut): void {
    if (depth > deepest) throw tooDeep(this);
    const close = open + 2;
    this.place += 1;
    out?.push(open);
    if (this.peek() !== close) {
      for (;;) {
        if (open === openBrace) {
          if (this.peek() !== quote) throw this.unexpected('a name in quotes');
          this.value(depth, out);
          this.expect(colon, 'a colon');
          out?.push(colon);
        }
        if (this.peek() < 0) throw this.unexpected('a value');
        this.value(depth, out);
        const next = this.peek();
        if (next === close) break;
        if (next !== comma) throw this.unexpected(close === closeBrace ? 'a comma or "}"' : 'a comma or "]"');
        this.place += 1;
        out?.push(comma);
      }
    }
    this.place += 1;
    out?.push(close);
  }

  unexpected(expected: string): Error {
    if (this.place >= this.length && !this.last) return incomplete;
    return damagedJson(this, expected);
  }

  #endOfString(): { place: number; escaped: boolean } {
    const { data, length } = this;
    let escaped = false;
    for (let place = this.place + 1; place < length; place++) {
      const byte = data[place];
      if (byte === quote) return { place, escaped };
      if (byte === backslash) {
        escaped = true;
        place += 1;
      } else if (byte < 0x20) {
        this.place = place;
        throw damagedJson(
          this,
          byte === newline ? 'the end of a text, which has no line breaks but "\\n",' : 'no control characters in a text',
        );
      }
    }
    this.place = length;
    throw this.unexpected('the end of a text');
  }

  #unescape(start: number, end: number, out?: BytesOut): void {
    const { data } = this;
    for (let place = start; place < end; place++) {
      const byte = data[place];
      if (byte !== backslash) {
        out?.push(byte);
        continue;
      }
      const letter = data[++place];
      if (letter !== 0x75) {
        const meant = escapes.get(letter);
        if (meant === undefined) throw this.#badEscape(place);
        out?.push(meant);
        continue;
      }
      const first = this.#hex(place, end);
      place += 4;
      const isHigh = first >= 0xd800 && first <= 0xdbff;
      const second = isHigh && data[place + 1] === backslash && data[place + 2] === 0x75 ? this.#hex(place + 2, end) : -1;
      if (second >= 0xdc00 && second <= 0xdfff) {
        place += 6;
        out?.pushCharacter(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
      } else out?.pushCharacter(first >= 0xd800 && first <= 0xdfff ? 0xfffd : first);
    }
  }

  /** The code of `u` and four digits at a place. */
  #hex(place: number, end: number): number {
    let code = 0;
    for (let index = 1; index <= 4; index++) {
      const digit = place + index < end ? hexDigit(this.data[place + index]) : -1;
      if (digit < 0) throw this.#badEscape(place);
      code = code * 16 + digit;
    }
    return code;
  }

  #badEscape(place: number): Error {
    this.place = place;
    return damagedJson(this, 'an escape such as \\n or \\u00e9');
  }

  #endOfLiteral(): number {
    const { data, place, length } = this;
    for (const literal of literals) {
      let same = 0;
      while (same < literal.length && place + same < length && data[place + same] === literal[same]) same += 1;
      if (same === literal.length) return place + same;
      if (same > 0 && place + same === length) {
        this.place = length;
        throw this.unexpected('a value');
      }
    }
    throw this.unexpected('a value');
  }

  #endOfNumber(): number {
    const { data, length } = this;
    let place = this.place;
    const digits = (): boolean => {
      const from = place;
      while (place < length && isDigit(data[place])) place += 1;
      return place > from;
    };
    if (data[place] === minus) place += 1;
    const whole = place;
    let isNumber = digits() && !(data[whole] === 0x30 && place > whole + 1);
    if (place < length && data[place] === 0x2e) {
      place += 1;
      isNumber = digits() && isNumber;
    }
    if (place < length && (data[place] === 0x65 || data[place] === 0x45)) {
      place += 1;
      if (place < length && (data[place] === 0x2b || data[place] === minus)) place += 1;
      isNumber = digits() && isNumber;
    }
    if (place === length && !this.last) throw incomplete;
    if (!isNumber) throw damagedJson(this, 'a number without leading zeros, such as 0.5 or -1e3');
    return place;
  }
}
