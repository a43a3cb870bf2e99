/** A value in the target's own unit; of a forecast what was foretold of the row itself. */
import { sevenDigits } from '../../data/export/csv-cell.js';
import type { FittedTarget } from '../../spec/pipeline.js';
import { type AnswerForm, numberColumn } from './answer-form.js';

export const valueAnswer: AnswerForm<Extract<FittedTarget, { kind: 'value' | 'series' }>> = {
  columns: () => [numberColumn('prediction')],
  values: (_, [value]) => [sevenDigits(value)],
  prediction: (_, [prediction]) => ({ prediction }),
};
