/** A result beside what is easy: warnings where it is no better than that. */
import type { Warning } from '../spec/dataset.js';
import type { Metrics } from '../spec/metrics.js';
import type { Scores } from '../spec/run.js';

/** What a reader of the result must not overlook; the figures are those of the test rows. */
export function outdone({ test }: Scores, baseline: Scores, linear: Scores): Warning[] {
  const own = headline(test);
  const trivial = headline(baseline.test);
  const easy = headline(linear.test);
  if (own.value <= trivial.value) {
    return [
      {
        code: 'no-better-than-baseline',
        message: `On the test rows the model's ${own.name} is ${own.value.toFixed(3)}; without looking at a row it is ${trivial.value.toFixed(3)}.`,
        advice: 'These columns may not tell the target: add columns or rows, or choose another target.',
        place: {},
      },
    ];
  }
  if (own.value >= easy.value) return [];
  return [
    {
      code: 'linear-is-better',
      message: `On the test rows the model's ${own.name} is ${own.value.toFixed(3)}; a linear model's is ${easy.value.toFixed(3)}.`,
      advice: 'The difference may be chance where test rows are few; otherwise train with the preset "linear", or for more epochs.',
      place: {},
    },
  ];
}

/** The figure that a task is known by. */
const headline = (metrics: Metrics): { name: string; value: number } =>
  'r2' in metrics ? { name: 'R²', value: metrics.r2 } : { name: 'accuracy', value: metrics.accuracy };
