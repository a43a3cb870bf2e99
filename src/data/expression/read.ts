/** An expression's text cut into words and signs. */
import { expressionFault } from './fault.js';

export interface Piece {
  kind: 'number' | 'text' | 'name' | 'column' | 'sign' | 'end';
  /** A text or a column without its quotes or brackets. */
  value: string;
  at: number;
}

const numberAt = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const nameAt = /[A-Za-z_][A-Za-z0-9_]*/y;
const signAt = /<=|>=|!=|<>|==|[-+*/%=<>(),]/y;

/** @throws InputError `expression-syntax` */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const character = text[at];
    if (/\s/.test(character)) {
      at++;
      continue;
    }
    if (character === '"' || character === "'" || character === '[') {
      const close = character === '[' ? ']' : character;
      const { value, end } = enclosed(text, at, close);
      pieces.push({ kind: character === '[' ? 'column' : 'text', value, at });
      at = end;
      continue;
    }
    const found: [Piece['kind'], string | undefined][] = [
      ['number', match(numberAt)],
      ['name', match(nameAt)],
      ['sign', match(signAt)],
    ];
    const [kind, value] = found.find(([, each]) => each !== undefined) ?? ['sign', undefined];
    if (value === undefined) {
      throw expressionFault(text, at, {
        code: 'expression-syntax',
        message: `"${String.fromCodePoint(text.codePointAt(at) as number)}" means nothing here.`,
        advice: 'Put names of columns with other characters than letters, digits and _ in brackets: [unit price].',
      });
    }
    pieces.push({ kind, value: value === '<>' ? '!=' : value === '==' ? '=' : value, at });
    at += value.length;
  }
  pieces.push({ kind: 'end', value: '', at: text.length });
  return pieces;
}

/** What stands up to the closing sign, which is itself written twice. */
function enclosed(text: string, start: number, close: string): { value: string; end: number } {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== close) value += text[at];
    else if (text[at + 1] === close) value += text[at++];
    else return { value, end: at + 1 };
  }
  throw expressionFault(text, start, {
    code: 'expression-syntax',
    message: `The ${text[start]} is not closed.`,
    advice: `Close it with ${close}; inside, write ${close} twice.`,
  });
}
