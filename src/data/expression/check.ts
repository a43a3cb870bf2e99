/** The type of an expression over columns of known types; what does not fit is told with its place and a name that was probably meant. */
import { listed } from '../columns/access.js';
import type { FunctionDefinition } from './definition.js';
import { expressionFault, type Fault } from './fault.js';
import { functions } from './functions.js';
import { nearest } from './nearest.js';
import type { BinaryOperator, Expression } from './syntax.js';
import type { ValueType } from './vector.js';

/** @throws InputError `unknown-column`, `unknown-function` or `expression-type`, naming the place */
export function typeOf(expression: Expression, columns: ReadonlyMap<string, ValueType | 'picture'>, text: string): ValueType {
  const fault = (at: number, code: Fault['code'], message: string, advice: string) => expressionFault(text, at, { code, message, advice });

  const visit = (node: Expression): ValueType => {
    switch (node.kind) {
      case 'number':
      case 'text':
      case 'boolean':
        return node.kind;
      case 'column':
        return columnType(node.name, node.at);
      case 'unary':
        return require(node.of, node.operator === 'not' ? 'boolean' : 'number');
      case 'binary':
        return binaryType(node);
      case 'call':
        return callType(node);
    }
  };

  const require = (node: Expression, wanted: ValueType): ValueType => {
    const type = visit(node);
    if (type === wanted) return type;
    throw fault(node.at, 'expression-type', `expected ${named[wanted]}, and this is ${named[type]}.`, adviceFor(type, wanted));
  };

  function columnType(name: string, at: number): ValueType {
    const type = columns.get(name);
    if (type === 'picture') throw fault(at, 'expression-type', `"${name}" holds pictures, not values.`, 'Name another column.');
    if (type) return type;
    const near = nearest(name, columns.keys());
    const advice = near === undefined ? `The columns are: ${listed([...columns.keys()])}.` : `Did you mean "${near}"?`;
    throw fault(at, 'unknown-column', `there is no column "${name}".`, advice);
  }

  function binaryType({ operator, left, right, at }: Extract<Expression, { kind: 'binary' }>): ValueType {
    if (operator === 'and' || operator === 'or') {
      require(left, 'boolean');
      return require(right, 'boolean');
    }
    const [one, other] = [visit(left), visit(right)];
    const result = resultOf(operator, one, other);
    if (result) return result;
    throw fault(at, 'expression-type', `${named[one]} and ${named[other]} cannot stand beside "${operator}".`, adviceFor(other, one));
  }

  function callType({ name, arguments: given, at }: Extract<Expression, { kind: 'call' }>): ValueType {
    const definition = functions.get(name);
    if (!definition) {
      const near = nearest(name, functions.keys());
      const advice = near === undefined ? `The functions are: ${[...functions.keys()].join(', ')}.` : `Did you mean "${near}"?`;
      throw fault(at, 'unknown-function', `there is no function "${name}".`, advice);
    }
    const { takes, optional = 0, repeats = false, gives } = definition;
    if (given.length < takes.length - optional || (!repeats && given.length > takes.length)) {
      throw fault(at, 'expression-type', `${name} takes ${argumentsOf(definition)}, and ${given.length} are given.`, definition.says);
    }
    let same: ValueType | undefined;
    given.forEach((node, index) => {
      const wanted = takes[Math.min(index, takes.length - 1)];
      if (wanted !== 'any') require(node, wanted);
      else if (gives === 'same' && same) require(node, same);
      else same = visit(node);
    });
    return gives === 'same' ? (same as ValueType) : gives;
  }

  return visit(expression);
}

const argumentsOf = ({ takes, optional = 0, repeats }: FunctionDefinition): string =>
  `${optional > 0 ? `${takes.length - optional} to ` : ''}${takes.length}${repeats ? ' or more' : ''} argument${takes.length === 1 ? '' : 's'}`;

const named: Readonly<Record<ValueType, string>> = { number: 'a number', text: 'a text', boolean: 'true or false', datetime: 'a date' };

function adviceFor(type: ValueType, wanted: ValueType): string {
  if (type === 'text' && wanted === 'number') return 'number(…) reads a text as a number.';
  if (type === 'number' && wanted === 'text') return 'text(…) writes a number as a text.';
  if (wanted === 'datetime') return 'date("2024-05-31") is a date.';
  return `Give ${named[wanted]} here.`;
}

/** The type of what an operator gives; undefined where it cannot take these. */
function resultOf(operator: BinaryOperator, left: ValueType, right: ValueType): ValueType | undefined {
  if (operator === '=' || operator === '!=') return left === right ? 'boolean' : undefined;
  if (['<', '<=', '>', '>='].includes(operator)) return left === right && left !== 'boolean' ? 'boolean' : undefined;
  if (left === 'number' && right === 'number') return 'number';
  if (left === 'datetime' && right === 'number' && (operator === '+' || operator === '-')) return 'datetime';
  return left === 'datetime' && right === 'datetime' && operator === '-' ? 'number' : undefined;
}
