/**
 * The tokeniser "unicode words v1". A word is a run of letters, numbers and marks; an ideograph or a kana is one by itself. Words are composed
 * (NFC) and written small. All of it by tables pinned to one version of Unicode, so that a page, a worker and Node give the same words,
 * whatever their engines know.
 */
import { capitalRuns, ideographRanges, wordRanges } from './unicode.generated.js';

/** What a saved model's pipeline says that its words were made by. */
export const tokeniser = 'unicode words v1';

/** Longer runs of letters are no words, and are cut. In UTF-16 units. */
const longestWord = 64;

const lastAscii = 0x7f;

interface Tables {
  words: Int32Array;
  ideographs: Int32Array;
  capitals: ReadonlyMap<number, number>;
}

let tables: Tables | undefined;

function tablesOf(): Tables {
  tables ??= { words: bordersOf(wordRanges), ideographs: bordersOf(ideographRanges), capitals: readCapitals(capitalRuns) };
  return tables;
}

/** Each capital letter's small one. */
export const capitalsOf = (): ReadonlyMap<number, number> => tablesOf().capitals;

const numbersIn = (text: string): number[] => text.split(' ').map((number) => Number.parseInt(number, 16));

function bordersOf(text: string): Int32Array {
  let border = 0;
  return Int32Array.from(numbersIn(text), (distance) => (border += distance));
}

function readCapitals(text: string): ReadonlyMap<number, number> {
  const numbers = numbersIn(text);
  const capitals = new Map<number, number>();
  for (let place = 0; place < numbers.length; place += 4) {
    const [first, last, step, distance] = numbers.slice(place, place + 4);
    for (let code = first; code <= last; code += step) capitals.set(code, code + distance);
  }
  return capitals;
}

/** Whether a code point lies in one of the ranges: borders are first, last, first, last … ascending. */
function lies(borders: Int32Array, code: number): boolean {
  let low = 0;
  let high = borders.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (code < borders[2 * middle]) high = middle - 1;
    else if (code > borders[2 * middle + 1]) low = middle + 1;
    else return true;
  }
  return false;
}

const isAsciiWord = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);

/** The words of a text, in order. */
export function tokensOf(text: string): string[] {
  const { words, ideographs } = tablesOf();
  const tokens: string[] = [];
  let start = -1;
  const close = (end: number): void => {
    if (start >= 0) tokens.push(written(text.slice(start, end)));
    start = -1;
  };
  for (let place = 0; place < text.length; ) {
    const code = text.codePointAt(place) as number;
    const next = place + (code > 0xffff ? 2 : 1);
    const isWord = code <= lastAscii ? isAsciiWord(code) : lies(words, code);
    if (!isWord) close(place);
    else if (code > lastAscii && lies(ideographs, code)) {
      close(place);
      start = place;
      close(next);
    } else {
      if (start >= 0 && next - start > longestWord) close(place);
      if (start < 0) start = place;
    }
    place = next;
  }
  close(text.length);
  return tokens;
}

/** A word composed and small. Only characters of the pinned version are in it, whose composition is the same in every later one. */
function written(word: string): string {
  const { capitals } = tablesOf();
  let small = '';
  for (const character of word.normalize('NFC')) {
    const code = character.codePointAt(0) as number;
    const lower = capitals.get(code);
    small += lower === undefined ? character : String.fromCodePoint(lower);
  }
  return small;
}

/** Each word, and each run of up to so many neighbouring ones, joined by a blank. */
export function termsOf(text: string, ngrams: number): string[] {
  const tokens = tokensOf(text);
  const terms = tokens.slice();
  for (let length = 2; length <= ngrams; length++) {
    for (let start = 0; start + length <= tokens.length; start++) terms.push(tokens.slice(start, start + length).join(' '));
  }
  return terms;
}
