/** `delay > 30 and origin = 'LAS'`, as people write it, to conditions as data. A reader of a few words; nothing is evaluated. */
import { InputError } from '../../base/errors.js';
import type { Operator, Predicate } from '../../spec/predicate.js';

const longest = 10_000;

/** A name in double quotes or plain, an operator, a value in single quotes, a number or a plain word. */
const token = /\s*(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)'|(<=|>=|!=|<>|==|=|<|>)|([(),])|([^\s"'<>=!(),]+))/y;

type Token = { kind: 'name' | 'text' | 'operator' | 'mark' | 'word'; text: string; at: number };

/** @throws InputError `invalid-where`, with the place */
export function parseWhere(text: string): Predicate[] {
  if (text.length > longest) throw wrong(text, longest, `it has more than ${longest} characters`);
  const tokens = tokensOf(text);
  const predicates: Predicate[] = [];
  let next = 0;
  const take = (): Token | undefined => tokens[next++];
  const isWord = (word: string): boolean => tokens[next]?.kind === 'word' && tokens[next].text.toLowerCase() === word;
  const accept = (word: string): boolean => isWord(word) && next++ >= 0;
  const value = (): string | number | boolean => {
    const given = take();
    if (given?.kind === 'text') return given.text;
    if (given?.kind === 'word') return plainValue(given.text);
    throw wrong(text, given?.at ?? text.length, 'a value is expected here');
  };
  do {
    const column = take();
    if (column?.kind !== 'name' && column?.kind !== 'word')
      throw wrong(text, column?.at ?? text.length, 'the name of a column is expected here');
    if (accept('is')) {
      const not = accept('not');
      if (!accept('missing') && !accept('null')) throw wrong(text, tokens[next]?.at ?? text.length, '"missing" is expected here');
      predicates.push({ column: column.text, op: not ? 'is not missing' : 'is missing' });
    } else if (accept('in')) {
      const values = [];
      if (take()?.text !== '(') throw wrong(text, tokens[next - 1]?.at ?? text.length, '"(" is expected after "in"');
      do values.push(value());
      while (tokens[next]?.text === ',' && next++ >= 0);
      if (take()?.text !== ')') throw wrong(text, tokens[next - 1]?.at ?? text.length, '")" is expected here');
      predicates.push({ column: column.text, op: 'in', value: values });
    } else {
      const operator = take();
      if (operator?.kind !== 'operator')
        throw wrong(text, operator?.at ?? text.length, 'an operator is expected here: = != < <= > >= in, is missing');
      predicates.push({ column: column.text, op: operatorOf(operator.text), value: value() });
    }
  } while (accept('and'));
  if (next < tokens.length) throw wrong(text, tokens[next].at, 'only "and" can follow a condition');
  return predicates;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  for (let at = 0; text.slice(at).trim() !== ''; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found) throw wrong(text, at, 'a quote is never closed, or a character has no meaning here');
    const [, name, quoted, operator, mark, word] = found;
    if (name !== undefined) tokens.push({ kind: 'name', text: name.replaceAll('""', '"'), at });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll("''", "'"), at });
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator, at });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark, at });
    else tokens.push({ kind: 'word', text: word, at });
  }
  return tokens;
}

const operatorOf = (text: string): Operator => (text === '<>' ? '!=' : text === '==' ? '=' : (text as Operator));

function plainValue(word: string): string | number | boolean {
  if (word === 'true' || word === 'false') return word === 'true';
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(word) ? Number(word) : word;
}

const wrong = (text: string, at: number, what: string): InputError =>
  new InputError('invalid-where', `The condition cannot be read: ${what}, at character ${at + 1} of "${text.slice(0, 200)}".`, {
    advice: `Write for example: delay > 30 and origin in ('LAS', 'PHL') and date >= 2024-05-31. Put names with spaces in double quotes.`,
    place: { character: at + 1 },
  });
