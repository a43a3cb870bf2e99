/** The part of a large confusion matrix that is worth looking at. A thousand classes would be a million cells. */
import type { Confusion } from '../../spec/run.js';

/** More classes than this are neither drawn in a moment nor read. */
export const mostClassesDrawn = 25;

/** The classes with the most errors, as what was true and as what was predicted, in their own order; all where they are few. */
export function mostConfused({ classes, counts }: Confusion): Confusion {
  if (classes.length <= mostClassesDrawn) return { classes, counts };
  const errors = classes.map(() => 0);
  counts.forEach((row, actual) => {
    row.forEach((value, predicted) => {
      if (actual === predicted) return;
      errors[actual] += value;
      errors[predicted] += value;
    });
  });
  const kept = classes
    .map((_, index) => index)
    .sort((one, other) => errors[other] - errors[one])
    .slice(0, mostClassesDrawn)
    .sort((one, other) => one - other);
  return { classes: kept.map((index) => classes[index]), counts: kept.map((actual) => kept.map((predicted) => counts[actual][predicted])) };
}
