/** A value in the target's own unit; of a forecast what was foretold of the row itself. */
import { shortNumber } from '../../data/export/csv-cell.js';
import type { FittedTarget } from '../../spec/pipeline.js';
import type { AnswerForm } from './answer-form.js';

export const valueAnswer: AnswerForm<Extract<FittedTarget, { kind: 'value' | 'series' }>> = {
  columns: () => [{ name: 'prediction', read: Number }],
  cells: (_, [value]) => [shortNumber(value)],
  prediction: (_, [prediction]) => ({ prediction }),
};
