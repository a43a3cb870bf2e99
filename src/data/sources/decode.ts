/**
 * Bytes to text. UTF-8 and UTF-16 by their mark, else UTF-8, strictly: the first byte that is not UTF-8 turns the rest to
 * Windows-1252 where all before it was ASCII (which both spell alike), and is replaced where it was not.
 */
import type { Warning } from '../../spec/dataset.js';
import { firstInvalidUtf8, incompleteTail } from './utf8.js';
import { decodeWindows1252 } from './windows-1252.js';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export class TextReader {
  readonly #name: string;
  #encoding: Encoding;
  #decoder: TextDecoder;
  /** Bytes of a character whose rest has not come yet. */
  #pending = new Uint8Array(0);
  #offset = 0;
  #line = 1;
  #sawMultibyte = false;
  #warning: Warning | undefined;

  constructor(name: string, start: Uint8Array) {
    this.#name = name;
    this.#encoding = encodingOf(start);
    this.#decoder = new TextDecoder(this.#encoding);
  }

  get encoding(): Encoding {
    return this.#encoding;
  }

  /** Set when the file was not what it should have been. */
  get warning(): Warning | undefined {
    return this.#warning;
  }

  decode(bytes: Uint8Array, last: boolean): string {
    if (this.#encoding === 'windows-1252') return decodeWindows1252(bytes);
    if (this.#encoding !== 'utf-8' || this.#warning) return this.#decoder.decode(bytes, { stream: !last });
    const joined = this.#pending.length === 0 ? bytes : concatenated(this.#pending, bytes);
    const whole = last ? joined.length : joined.length - incompleteTail(joined);
    const invalid = firstInvalidUtf8(joined.subarray(0, whole));
    if (invalid < 0) {
      this.#pending = joined.slice(whole);
      return this.#decodeValid(joined.subarray(0, whole), last);
    }
    const before = this.#decodeValid(joined.subarray(0, invalid), false);
    this.#giveUpUtf8(joined[invalid]);
    this.#pending = new Uint8Array(0);
    return before + this.decode(joined.subarray(invalid), last);
  }

  #decodeValid(bytes: Uint8Array, last: boolean): string {
    const text = this.#decoder.decode(bytes, { stream: !last });
    this.#sawMultibyte ||= text.length !== bytes.length;
    this.#offset += bytes.length;
    for (const byte of bytes) if (byte === 0x0a) this.#line += 1;
    return text;
  }

  #giveUpUtf8(byte: number): void {
    const place = { file: this.#name, byte: this.#offset, line: this.#line };
    const found = `${this.#name}: byte ${this.#offset} (0x${byte.toString(16)}, line ${this.#line}) is not UTF-8`;
    if (this.#sawMultibyte) {
      this.#decoder = new TextDecoder('utf-8');
      this.#warning = {
        code: 'damaged-text',
        message: `${found}, though the text before it is. Such characters became "\uFFFD".`,
        advice: 'Look at the preview; save the file as UTF-8 if the texts matter.',
        place,
      };
      return;
    }
    this.#encoding = 'windows-1252';
    this.#warning = {
      code: 'not-utf-8',
      message: `${found}; the file was read as Windows-1252.`,
      advice: 'Look at the preview; if letters are wrong, save the file as UTF-8 and open it again.',
      place,
    };
  }
}

/** By the byte order mark; without one, UTF-16 shows by zero bytes at every other place. */
function encodingOf(start: Uint8Array): Encoding {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const looked = start.subarray(0, 4096);
  const zeros = [0, 0];
  looked.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] += 1;
  });
  const many = looked.length * 0.2;
  if (zeros[1] > many && zeros[0] === 0) return 'utf-16le';
  if (zeros[0] > many && zeros[1] === 0) return 'utf-16be';
  return 'utf-8';
}

function concatenated(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
