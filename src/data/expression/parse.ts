/** From an expression's text to its sentence: a parser by binding powers (Pratt), bounded in length, depth and size. */
import { longestExpression } from '../../spec/pipeline-spec.js';
import { expressionFault } from './fault.js';
import { type Piece, piecesOf } from './read.js';
import { type BinaryOperator, binaryOperators, binding, bindingOf, deepest, type Expression, mostNodes } from './syntax.js';

const isOperator = (value: string): value is BinaryOperator => (binaryOperators as readonly string[]).includes(value);

/** @throws InputError `expression-syntax` or `expression-too-large`, naming the place */
export function parseExpression(text: string): Expression {
  if (text.length > longestExpression) {
    throw expressionFault(text, longestExpression, {
      code: 'expression-too-large',
      message: `The expression has ${text.length} characters; at most ${longestExpression} are read.`,
      advice: 'Derive parts of it as columns of their own.',
    });
  }
  const parser = new Parser(text);
  return parser.whole();
}

class Parser {
  readonly #text: string;
  readonly #pieces: Piece[];
  #place = 0;
  #nodes = 0;

  constructor(text: string) {
    this.#text = text;
    this.#pieces = piecesOf(text);
  }

  whole(): Expression {
    const expression = this.#expression(0, 0);
    const left = this.#pieces[this.#place];
    if (left.kind !== 'end') throw this.#unexpected(left, 'an operator or the end');
    return expression;
  }

  #expression(least: number, depth: number): Expression {
    let left = this.#operand(depth);
    // A long chain of operators nests to the left: it counts as depth too, since it is evaluated that way.
    for (let chain = depth; ; chain++) {
      const { value, kind, at } = this.#pieces[this.#place];
      if ((kind !== 'sign' && kind !== 'name') || !isOperator(value) || binding[value] <= least) return left;
      this.#place++;
      this.#bound(at, chain);
      left = { kind: 'binary', operator: value, left, right: this.#expression(binding[value], depth + 1), at };
    }
  }

  #operand(depth: number): Expression {
    const piece = this.#pieces[this.#place++];
    const { kind, value, at } = piece;
    this.#bound(at, depth);
    if (kind === 'number') return { kind, value: this.#number(piece), at };
    if (kind === 'text' || kind === 'column') return kind === 'text' ? { kind, value, at } : { kind, name: value, at };
    if (kind === 'sign' && value === '-') return { kind: 'unary', operator: '-', of: this.#expression(bindingOf.negative, depth + 1), at };
    if (kind === 'sign' && value === '(') {
      const inner = this.#expression(0, depth + 1);
      this.#expect(')');
      return inner;
    }
    if (kind !== 'name' || isOperator(value)) throw this.#unexpected(piece, 'a value, a column or a function');
    if (value === 'not') return { kind: 'unary', operator: 'not', of: this.#expression(bindingOf.not, depth + 1), at };
    if (value === 'true' || value === 'false') return { kind: 'boolean', value: value === 'true', at };
    return this.#isNext('(') ? { kind: 'call', name: value, arguments: this.#arguments(depth), at } : { kind: 'column', name: value, at };
  }

  #arguments(depth: number): Expression[] {
    this.#place++;
    const given: Expression[] = [];
    if (this.#isNext(')')) {
      this.#place++;
      return given;
    }
    for (;;) {
      given.push(this.#expression(0, depth + 1));
      if (!this.#isNext(',')) break;
      this.#place++;
    }
    this.#expect(')');
    return given;
  }

  #number(piece: Piece): number {
    const value = Number(piece.value);
    if (Number.isFinite(value)) return value;
    throw this.#unexpected(piece, 'a smaller number');
  }

  #isNext(value: string): boolean {
    const piece = this.#pieces[this.#place];
    return piece.kind === 'sign' && piece.value === value;
  }

  #expect(value: string): void {
    if (!this.#isNext(value)) throw this.#unexpected(this.#pieces[this.#place], `"${value}"`);
    this.#place++;
  }

  #bound(at: number, depth: number): void {
    this.#nodes++;
    if (depth <= deepest && this.#nodes <= mostNodes) return;
    throw expressionFault(this.#text, at, {
      code: 'expression-too-large',
      message: `The expression is nested deeper than ${deepest} levels or has more than ${mostNodes} parts.`,
      advice: 'Derive parts of it as columns of their own.',
    });
  }

  #unexpected({ kind, value, at }: Piece, expected: string) {
    return expressionFault(this.#text, at, {
      code: 'expression-syntax',
      message: `expected ${expected}, and there is ${kind === 'end' ? 'nothing more' : `"${value}"`}.`,
      advice: 'Correct the expression at the mark.',
    });
  }
}
