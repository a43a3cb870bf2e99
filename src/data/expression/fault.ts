/** What is wrong with an expression, with the place marked under it. */
import { InputError } from '../../base/errors.js';

/** As much of a long expression as is shown beside the place. */
const shownAround = 60;

export interface Fault {
  code: 'expression-syntax' | 'expression-type' | 'unknown-column' | 'unknown-function' | 'expression-too-large';
  message: string;
  advice: string;
}

/** @param at in UTF-16 units from 0 */
export function expressionFault(text: string, at: number, { code, message, advice }: Fault): InputError {
  const start = Math.max(0, at - shownAround);
  const line = text.slice(start, at + shownAround).replace(/\s/g, ' ');
  return new InputError(code, `At character ${at + 1}: ${message}\n  ${line}\n  ${' '.repeat(at - start)}^`, {
    advice,
    place: { field: 'expression', character: at + 1 },
  });
}
