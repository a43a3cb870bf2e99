/** The axes of parallel coordinates: one for each field, the last for the figure; where each trial stands on them, 0 to 1. */
import type { SweepFieldName, SweepValue } from '../../spec/sweep.js';
import type { TrialRecord } from '../../spec/sweep-record.js';
import { figure } from '../format.js';
import { fieldTitle } from './field-text.js';
import { figureOf } from './ranking.js';

export interface Axis {
  title: string;
  /** Texts at their places, from the bottom. */
  marks: { at: number; text: string }[];
  /** By trial, in their order; null where it has none. */
  places: (number | null)[];
}

/** Values over more than this ratio are drawn by orders of magnitude. */
const wide = 20;

export function axesOf(trials: readonly TrialRecord[], metric: { name: string; title: string }): Axis[] {
  const fields = Object.keys(trials[0]?.values ?? {}) as SweepFieldName[];
  return [
    ...fields.map((field) =>
      axis(
        fieldTitle(field),
        trials.map(({ values }) => values[field] ?? null),
      ),
    ),
    axis(metric.title, trials.map(figureOf)),
  ];
}

function axis(title: string, values: readonly (SweepValue | null)[]): Axis {
  const known = values.filter((value) => value !== null);
  if (known.some((value) => typeof value === 'string')) {
    const names = [...new Set(known.map(String))].sort();
    const at = (index: number): number => (names.length === 1 ? 0.5 : index / (names.length - 1));
    return {
      title,
      marks: names.map((text, index) => ({ at: at(index), text })),
      places: values.map((value) => (value === null ? null : at(names.indexOf(String(value))))),
    };
  }
  const numbers = known as number[];
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const isLogarithmic = least > 0 && most / least > wide;
  const scale = (value: number): number => (isLogarithmic ? Math.log(value) : value);
  const span = scale(most) - scale(least);
  const at = (value: number): number => (span > 0 ? (scale(value) - scale(least)) / span : 0.5);
  const ends = numbers.length === 0 ? [] : least === most ? [least] : [least, most];
  return {
    title: isLogarithmic ? `${title} (log)` : title,
    marks: ends.map((value) => ({ at: at(value), text: figure(value) })),
    places: values.map((value) => (value === null ? null : at(value as number))),
  };
}
