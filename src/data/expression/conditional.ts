/** Functions that choose among their arguments, and that look at what is missing instead of passing it on. */
import type { FunctionDefinition } from './definition.js';
import { isMissingAt, numbersIn, type Vector } from './vector.js';

/** For each row the value of one of some vectors of the same type, by its place; −1: missing. */
function picked(among: readonly Vector[], rows: number, which: (row: number) => number): Vector {
  const { type } = among[0];
  if (type === 'text') {
    return { type, values: Array.from({ length: rows }, (_, row) => among[which(row)]?.values[row] as string | undefined) };
  }
  return {
    type,
    values: Float64Array.from({ length: rows }, (_, row) => (among[which(row)]?.values[row] as number | undefined) ?? Number.NaN),
  };
}

export const conditionalFunctions: readonly (readonly [string, FunctionDefinition])[] = [
  [
    'if',
    {
      takes: ['boolean', 'any', 'any'],
      gives: 'same',
      says: 'if(condition, a, b): missing where the condition is',
      compute([condition, ...among], rows) {
        const holds = numbersIn(condition);
        return picked(among, rows, (row) => (Number.isNaN(holds[row]) ? -1 : holds[row] === 1 ? 0 : 1));
      },
    },
  ],
  [
    'coalesce',
    {
      takes: ['any', 'any'],
      repeats: true,
      gives: 'same',
      says: 'coalesce(a, b, …): the first that is not missing',
      compute: (among, rows) => picked(among, rows, (row) => among.findIndex((each) => !isMissingAt(each, row))),
    },
  ],
  [
    'isMissing',
    {
      takes: ['any'],
      gives: 'boolean',
      says: 'isMissing(x)',
      compute: ([of], rows) => ({ type: 'boolean', values: Float64Array.from({ length: rows }, (_, row) => Number(isMissingAt(of, row))) }),
    },
  ],
];
