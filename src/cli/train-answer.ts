/** From what the trainer says to what `train` answers. */
import { TrainingError } from '../base/errors.js';
import type { Warning } from '../spec/dataset.js';
import type { Metrics } from '../spec/metrics.js';
import type { CrossValidationReport } from '../spec/report.js';
import type { RunRecord, Scores } from '../spec/run.js';
import type { TrainAnswer } from './answers.js';
import { duration, figuresTable } from './table-text.js';

/** @throws TrainingError `not-tested` when the run ended without figures */
export function answerOf(run: RunRecord, aboutData: Warning[], model: string | null): TrainAnswer {
  const { scores, baseline, linear, rows } = run;
  if (!scores || !baseline || !linear) {
    throw new TrainingError('not-tested', `The run "${run.name}" ended without figures${run.problem ? `: ${run.problem}` : '.'}`, {
      advice: 'Train again with --force.',
    });
  }
  return {
    task: run.task,
    target: run.spec.target,
    device: run.device.device,
    preset: run.preset,
    seed: run.seed,
    rows: { train: rows.training, validation: rows.validation, test: rows.test },
    metrics: scores,
    baseline,
    linear,
    epochs: run.curve.length,
    steps: run.steps,
    seconds: run.seconds,
    warnings: [...aboutData, ...run.warnings],
    model,
  };
}

/** The final model's answer with the folds' figures in the place of its test, which saw rows that it was trained on. */
export function withFolds(answer: TrainAnswer, report: CrossValidationReport): TrainAnswer {
  const test = (scores: Scores, mean: CrossValidationReport['mean']): Scores => ({
    validation: scores.validation,
    test: mean as unknown as Metrics,
  });
  return {
    ...answer,
    rows: { train: report.rows.training, validation: report.rows.validation, test: report.rows.test },
    metrics: test(answer.metrics, report.mean),
    baseline: test(answer.baseline, report.baseline),
    linear: test(answer.linear, report.linear),
    seconds: answer.seconds + report.seconds,
    folds: report.folds.length,
    foldMetrics: report.folds,
    standardError: report.standardError,
    warnings: answer.warnings.filter(({ code }) => code !== 'no-test-rows'),
  };
}

export function trainText(answer: TrainAnswer): string {
  const { metrics, baseline, linear, folds, rows } = answer;
  const judged = folds ? `mean of ${folds} folds` : `${rows.test} test rows`;
  return [
    `${answer.task} of "${answer.target}" by ${answer.preset} on ${answer.device}, ${judged}, seed ${answer.seed}`,
    '',
    figuresTable(
      ['model', ...(answer.standardError ? ['± error'] : []), 'linear', 'baseline', 'validation'],
      [metrics.test, ...(answer.standardError ? [answer.standardError] : []), linear.test, baseline.test, metrics.validation],
    ),
    '',
    `${answer.epochs} epochs, ${answer.steps} steps, ${duration(answer.seconds)}`,
    ...answer.warnings.map(({ message, advice }) => `Warning: ${message} ${advice}`),
    ...(answer.model === null ? [] : [`Saved in ${answer.model}: benchwright predict ${answer.model} DATA`]),
  ].join('\n');
}
