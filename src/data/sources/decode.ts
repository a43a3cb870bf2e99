/**
 * Any text as UTF-8. UTF-8 and UTF-16 by their mark, else UTF-8, strictly: the first byte that is not UTF-8 turns the rest to
 * Windows-1252 where all before it was ASCII (which both spell alike), and is replaced where it was not.
 */
import { joinedBytes } from '../../base/joined.js';
import type { Warning } from '../../spec/dataset.js';
import { firstInvalidUtf8, incompleteTail } from './utf8.js';
import { decodeWindows1252 } from './windows-1252.js';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const encoder = new TextEncoder();
const markBytes = 3;
const lineEnd = 0x0a;

export class TextReader {
  readonly #name: string;
  #encoding: Encoding;
  /** There is one where it is needed: of tens of thousands of texts hardly one needs it, and each would hold memory that no collector sees. */
  #decoder: TextDecoder | undefined;
  /** Bytes of a character whose rest has not come yet. */
  #pending: Uint8Array = new Uint8Array(0);
  /** The mark at the beginning, until it has been left out. */
  #mark: number;
  #offset = 0;
  #line = 1;
  #sawMultibyte = false;
  #warning: Warning | undefined;

  /**
   * @param start the file's first bytes
   * @param from bytes of UTF-8 that are passed over
   */
  constructor(name: string, start: Uint8Array, from = 0) {
    this.#name = name;
    this.#encoding = encodingOf(start);
    this.#mark = from === 0 && start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? markBytes : 0;
    this.#offset = from;
  }

  get encoding(): Encoding {
    return this.#encoding;
  }

  /** Whether what is given is what was read, byte by byte, so that a place in the one is a place in the other. */
  get isPlain(): boolean {
    return this.#encoding === 'utf-8' && this.#mark === 0 && this.#warning === undefined;
  }

  /** Set when the file was not what it should have been. */
  get warning(): Warning | undefined {
    return this.#warning;
  }

  /** What is UTF-8 already is only looked at, not copied. */
  utf8(bytes: Uint8Array, last: boolean): Uint8Array {
    if (this.#encoding === 'windows-1252') return encoder.encode(decodeWindows1252(bytes));
    if (this.#encoding !== 'utf-8' || this.#warning) {
      this.#decoder ??= new TextDecoder(this.#encoding);
      return encoder.encode(this.#decoder.decode(bytes, { stream: !last }));
    }
    const joined = this.#pending.length === 0 ? bytes : joinedBytes([this.#pending, bytes]);
    const whole = last ? joined.length : joined.length - incompleteTail(joined);
    const invalid = isAscii(joined) ? -1 : firstInvalidUtf8(joined.subarray(0, whole));
    if (invalid < 0) {
      this.#pending = joined.slice(whole);
      return this.#valid(joined.subarray(0, whole));
    }
    const before = this.#valid(joined.subarray(0, invalid));
    this.#giveUpUtf8(joined[invalid]);
    this.#pending = new Uint8Array(0);
    return joinedBytes([before, this.utf8(joined.subarray(invalid), last)]);
  }

  #valid(bytes: Uint8Array): Uint8Array {
    const skipped = this.#offset < this.#mark ? Math.min(bytes.length, this.#mark - this.#offset) : 0;
    this.#offset += bytes.length;
    const text = skipped === 0 ? bytes : bytes.subarray(skipped);
    let bits = 0;
    let lines = 0;
    for (let place = 0; place < text.length; place++) {
      const byte = text[place];
      bits |= byte;
      if (byte === lineEnd) lines += 1;
    }
    this.#line += lines;
    this.#sawMultibyte ||= bits >= 0x80;
    return text;
  }

  #giveUpUtf8(byte: number): void {
    const place = { file: this.#name, byte: this.#offset, line: this.#line };
    const found = `${this.#name}: byte ${this.#offset} (0x${byte.toString(16)}, line ${this.#line}) is not UTF-8`;
    if (this.#sawMultibyte) {
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

/** Four bytes at a time where they lie so: most text is, and need not be looked at character by character. */
function isAscii(bytes: Uint8Array): boolean {
  const whole = bytes.byteOffset % 4 === 0 ? bytes.length >> 2 : 0;
  const words = whole > 0 ? new Uint32Array(bytes.buffer, bytes.byteOffset, whole) : [];
  for (let word = 0; word < whole; word++) if ((words[word] & 0x80808080) !== 0) return false;
  for (let place = whole * 4; place < bytes.length; place++) if (bytes[place] >= 0x80) return false;
  return true;
}
