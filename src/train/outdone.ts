/** A result beside what is easy: warnings where it is no better than that. */
import type { Warning } from '../spec/dataset.js';
import type { Scores } from '../spec/run.js';
import { headlineName, headlineOf } from '../stats/headline.js';

/** What a reader of the result must not overlook; the figures are those of the test rows. */
export function outdone({ test }: Scores, baseline: Scores, linear: Scores): Warning[] {
  const figure = headlineName(test);
  const [own, trivial, easy] = [test, baseline.test, linear.test].map(headlineOf);
  if (own <= trivial) {
    return [
      {
        code: 'no-better-than-baseline',
        message: `On the test rows the model's ${figure} is ${own.toFixed(3)}; without looking at a row it is ${trivial.toFixed(3)}.`,
        advice: 'These columns may not tell the target: add columns or rows, or choose another target.',
        place: {},
      },
    ];
  }
  if (own >= easy) return [];
  return [
    {
      code: 'linear-is-better',
      message: `On the test rows the model's ${figure} is ${own.toFixed(3)}; a linear model's is ${easy.toFixed(3)}.`,
      advice: 'The difference may be chance where test rows are few; otherwise train with the preset "linear", or for more epochs.',
      place: {},
    },
  ];
}
