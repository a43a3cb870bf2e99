/** An expression as text again, with no more parentheses than it needs. Reading it gives the same expression. */
import { binding, bindingOf, type Expression, isPlainName } from './syntax.js';

export function printExpression(expression: Expression): string {
  return printed(expression, 0);
}

/** @param least what stands around binds so closely */
function printed(expression: Expression, least: number): string {
  switch (expression.kind) {
    case 'number':
      return String(expression.value);
    case 'boolean':
      return String(expression.value);
    case 'text':
      return `"${expression.value.replaceAll('"', '""')}"`;
    case 'column':
      return isPlainName(expression.name) ? expression.name : `[${expression.name.replaceAll(']', ']]')}]`;
    case 'call':
      return `${expression.name}(${expression.arguments.map((each) => printed(each, 0)).join(', ')})`;
    case 'unary': {
      const own = expression.operator === 'not' ? bindingOf.not : bindingOf.negative;
      const text = `${expression.operator === 'not' ? 'not ' : '-'}${printed(expression.of, own)}`;
      return own < least ? `(${text})` : text;
    }
    case 'binary': {
      const own = binding[expression.operator];
      const text = `${printed(expression.left, own)} ${expression.operator} ${printed(expression.right, own + 0.5)}`;
      return own < least ? `(${text})` : text;
    }
  }
}
