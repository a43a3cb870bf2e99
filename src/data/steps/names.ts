/** What each input of a fitted step is, in words. */
import type { FittedStep } from '../../spec/fitted-steps.js';

/** @param most names; a step may have more inputs */
export function inputNames(step: FittedStep, most: number): string[] {
  const { column } = step;
  switch (step.kind) {
    case 'number':
      return [column, ...(step.indicator ? [`${column} is missing`] : [])];
    case 'category':
      return [...step.categories.slice(0, most), ...(step.other ? ['any other'] : [])]
        .slice(0, most)
        .map((value) => `${column} = ${value}`);
    case 'embedding':
      return [`${column}, number`];
    case 'ordinal':
      return [`${column}, place`, ...(step.other ? [`${column} is missing or new`] : [])];
    case 'hashing':
    case 'hashed-words':
      return Array.from({ length: Math.min(most, step.features) }, (_, index) => `${column} #${index}`);
    case 'target':
      return Array.from({ length: Math.min(most, step.width) }, (_, index) =>
        step.width === 1 ? `${column}, target mean` : `${column}, mean of class ${index + 1}`,
      );
    case 'date':
      return [
        ...(step.linear ? [`${column}, time`] : []),
        ...step.parts.flatMap((part) => [`${column}, ${part} (sine)`, `${column}, ${part} (cosine)`]),
        ...(step.indicator ? [`${column} is missing`] : []),
      ];
    case 'words':
      return step.terms.slice(0, most).map((term) => `“${term}”`);
    case 'tokens':
      return Array.from({ length: Math.min(most, step.length) }, (_, place) => `${column}, word ${place + 1}`);
    case 'picture':
      return [];
  }
}
