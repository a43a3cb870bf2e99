/** Dates: time that passes, standardised, and the hands of a clock: each part's angle as sine and cosine. */
import { cosine, sine } from '../../base/elementary.js';
import type { FieldType } from '../../spec/field-type.js';
import { dateParts, type FittedDate } from '../../spec/fitted-steps.js';
import type { StepOptions } from '../../spec/pipeline-spec.js';
import { calendarParts } from '../calendar.js';
import { numbersOf } from '../columns/access.js';
import type { StepFitter } from './fitter.js';
import { RunningMoments } from './moments.js';
import { bounded } from './number.js';

type Cycle = FittedDate['parts'][number];

/** How many steps a part's hand takes around, and at which it begins. */
const cycles: Readonly<Record<Cycle, { length: number; first: number }>> = {
  month: { length: 12, first: 1 },
  day: { length: 31, first: 1 },
  weekday: { length: 7, first: 1 },
  hour: { length: 24, first: 0 },
};

const isCycle = (part: string): part is Cycle => Object.hasOwn(cycles, part);

export function createDateFitter(column: string, type: FieldType, { parts: asked }: StepOptions<'date'>): StepFitter {
  const wanted = dateParts.filter(isCycle);
  const seen = wanted.map(() => ({ first: -1, varies: false }));
  const times = new RunningMoments();
  let missing = 0;
  return {
    add(of, { rows }) {
      const values = numbersOf(of, column);
      for (const row of rows) {
        if (Number.isNaN(values[row])) {
          missing++;
          continue;
        }
        times.add(values[row]);
        const parts = calendarParts(values[row]);
        wanted.forEach((part, index) => {
          if (seen[index].first < 0) seen[index].first = parts[part];
          else if (seen[index].first !== parts[part]) seen[index].varies = true;
        });
      }
    },
    finish() {
      if (times.count === 0) return 'It has no value in the training rows.';
      const { mean, deviation } = times.with(0, 0);
      const parts = wanted.filter((part, index) => (asked ? asked.includes(part) : seen[index].varies));
      const isLinear = deviation > 0 && (asked?.includes('year') ?? true);
      if (parts.length === 0 && !isLinear && missing === 0) return 'It is the same in every training row.';
      return {
        kind: 'date',
        column,
        type,
        ...(isLinear ? { linear: { centre: mean, scale: deviation } } : {}),
        parts,
        indicator: missing > 0,
      };
    },
  };
}

export const dateInputs = ({ linear, parts, indicator }: FittedDate): number => (linear ? 1 : 0) + 2 * parts.length + (indicator ? 1 : 0);

/** Writes one row's inputs from `start`, which are 0 so far. */
export function writeDate({ linear, parts, indicator }: FittedDate, time: number, inputs: Float32Array, start: number): void {
  const known = !Number.isNaN(time);
  let place = start;
  if (linear) inputs[place++] = known ? bounded((time - linear.centre) / linear.scale) : 0;
  const calendar = known ? calendarParts(time) : undefined;
  for (const part of parts) {
    if (calendar) {
      const angle = (2 * Math.PI * (calendar[part] - cycles[part].first)) / cycles[part].length;
      inputs[place] = sine(angle);
      inputs[place + 1] = cosine(angle);
    }
    place += 2;
  }
  if (indicator) inputs[place] = known ? 0 : 1;
}
