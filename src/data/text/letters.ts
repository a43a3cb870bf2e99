/** Small and large letters by the pinned tables of the tokeniser: the same in every engine. */
import { capitalsOf } from './tokens.js';

let large: ReadonlyMap<number, number> | undefined;

const mapped = (text: string, letters: ReadonlyMap<number, number>): string => {
  let result = '';
  for (const character of text) {
    const other = letters.get(character.codePointAt(0) as number);
    result += other === undefined ? character : String.fromCodePoint(other);
  }
  return result;
};

export const smallLetters = (text: string): string => mapped(text, capitalsOf());

/** The first capital of each small letter; a letter without one stays. */
export function largeLetters(text: string): string {
  large ??= new Map([...capitalsOf()].reverse().map(([capital, small]) => [small, capital]));
  return mapped(text, large);
}
