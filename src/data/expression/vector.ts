/** Values of an expression for all rows of a chunk at once. */

export type ValueType = 'number' | 'text' | 'boolean' | 'datetime';

/** Numbers; 1 and 0 for true and false; milliseconds since 1970. NaN is missing. */
export interface NumberVector {
  type: 'number' | 'boolean' | 'datetime';
  values: Float64Array;
}

/** Undefined is missing. */
export interface TextVector {
  type: 'text';
  values: (string | undefined)[];
}

export type Vector = NumberVector | TextVector;

/** Longer texts are not made; they are missing. In UTF-16 units. */
export const longestText = 65_536;

export const kept = (text: string | undefined): string | undefined => (text !== undefined && text.length > longestText ? undefined : text);

/** What a vector holds, where checking has made sure of it. */
export function numbersIn(vector: Vector): Float64Array {
  if (vector.type === 'text') throw new TypeError('a text where a number was checked for');
  return vector.values;
}

export function textsIn(vector: Vector): (string | undefined)[] {
  if (vector.type !== 'text') throw new TypeError('a number where a text was checked for');
  return vector.values;
}

export const isMissingAt = (vector: Vector, row: number): boolean =>
  vector.type === 'text' ? vector.values[row] === undefined : Number.isNaN(vector.values[row]);
