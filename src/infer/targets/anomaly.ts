/** Whether a row is an anomaly: its score, beside the threshold, and the columns that it comes from. */
import { sevenDigits } from '../../data/export/csv-cell.js';
import type { FittedTarget } from '../../spec/pipeline.js';
import { scoreParts, scoresOfRows } from '../reconstruction.js';
import { type AnswerForm, numberColumn, predictedText } from './answer-form.js';

type Target = Extract<FittedTarget, { kind: 'anomaly' }>;

const mostColumns = 10;

export const anomalyAnswer: AnswerForm<Target> = {
  columns: () => [predictedText, numberColumn('score')],
  values(target, outputs) {
    const [score] = scoresOfRows(outputs, outputs.length, target.usual);
    return [nameOf(target, score), sevenDigits(score)];
  },
  prediction(target, outputs, columns) {
    const [score] = scoresOfRows(outputs, outputs.length, target.usual);
    const own = scoreParts(outputs, target.usual);
    const parts = columns.map((column, index) => ({ column, part: own[index] })).sort((a, b) => b.part - a.part);
    return { prediction: nameOf(target, score), score, threshold: thresholdOf(target), columns: parts.slice(0, mostColumns) };
  },
};

/** A model of today has one. */
const thresholdOf = ({ threshold = Number.POSITIVE_INFINITY }: Target): number => threshold;

const nameOf = (target: Target, score: number): 'anomaly' | 'normal' => (score > thresholdOf(target) ? 'anomaly' : 'normal');
