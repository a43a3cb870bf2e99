/** The expression language's sentences as data. */

export const binaryOperators = ['or', 'and', '=', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%'] as const;
export type BinaryOperator = (typeof binaryOperators)[number];

/** How closely an operator binds what stands beside it. */
export const binding: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  '=': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
};
export const bindingOf = { not: 3, negative: 7 } as const;

/** `at` is the place in the text, in UTF-16 units from 0. */
export type Expression = { at: number } & (
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'column'; name: string }
  | { kind: 'call'; name: string; arguments: Expression[] }
  | { kind: 'unary'; operator: 'not' | '-'; of: Expression }
  | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
);

/** Deeper or larger sentences are refused. */
export const deepest = 64;
export const mostNodes = 500;

/** What a word may not be a column's name for, unless it stands in brackets. */
export const reservedWords: ReadonlySet<string> = new Set(['and', 'or', 'not', 'true', 'false']);

export const isPlainName = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !reservedWords.has(name);
