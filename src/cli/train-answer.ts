/** From what the trainer says to what `train` answers. */
import { TrainingError } from '../base/errors.js';
import { checkDerivations } from '../data/derive.js';
import { explainSteps } from '../data/steps/explain.js';
import { windowFields } from '../data/windows.js';
import type { DatasetRecord, Warning } from '../spec/dataset.js';
import type { Metrics } from '../spec/metrics.js';
import { columnWishes } from '../spec/preset.js';
import type { CrossValidationReport } from '../spec/report.js';
import type { RunRecord, Scores } from '../spec/run.js';
import { leftOut } from '../train/prepare.js';
import type { TrainAnswer } from './answers.js';
import { sweepText } from './sweep-answer.js';
import { aligned, duration, figuresTable } from './table-text.js';

/** @throws TrainingError `not-tested` when the run ended without figures */
export function answerOf(run: RunRecord, dataset: DatasetRecord, about: About): TrainAnswer {
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
    baseline: { ...baseline, ...run.backtest?.baselines },
    linear,
    ...forecastOf(run),
    learnt: learntOf(run, dataset),
    epochs: run.curve.length,
    steps: run.steps,
    seconds: run.seconds,
    warnings: [...about.warnings, ...run.warnings],
    model: about.model,
  };
}

function forecastOf({ backtest, pipeline: { windows } }: RunRecord): Pick<TrainAnswer, 'forecast'> {
  if (!backtest || !windows) return {};
  const { time, group, length: lookback } = windows;
  const { horizon, season, byStep } = backtest;
  return { forecast: { time, ...(group === undefined ? {} : { group }), horizon, lookback, season, byStep } };
}

export interface About {
  /** What was found of the data when it was read. */
  warnings: Warning[];
  /** The folder that the model is in. */
  model: string | null;
}

function learntOf({ spec, task, split, pipeline }: RunRecord, dataset: DatasetRecord): TrainAnswer['learnt'] {
  const { derive = [] } = spec.pipeline ?? {};
  const { windows } = pipeline;
  const framed = windows ? [...dataset.fields, ...windowFields(windows, spec.target, dataset.fields)] : dataset.fields;
  const { fields } = checkDerivations(derive, framed, spec.target);
  const request = {
    fields,
    target: spec.target,
    task,
    spec: spec.pipeline ?? {},
    ignore: leftOut(spec, split),
    ...columnWishes(spec),
  };
  const columns = explainSteps(pipeline, request).map((each) =>
    each.column === windows?.time && each.reason === ''
      ? { ...each, reason: 'What of the calendar comes again; the time itself never does.' }
      : each,
  );
  return { inputs: pipeline.inputs, columns, ignored: pipeline.ignored };
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

/** More are told in numbers. */
const mostTold = 12;

function learntText({ columns, ignored, inputs }: TrainAnswer['learnt']): string[] {
  const count = (number: number, name: string): string => `${number} ${name}${number === 1 ? '' : 's'}`;
  const lines = [`Learnt from ${count(columns.length, 'column')} as ${count(inputs, 'input')}${columns.length > mostTold ? '.' : ':'}`];
  if (columns.length <= mostTold) {
    const cells = columns.map(({ column, step, inputs: own, reason }) => [`  ${column}`, count(own, 'input'), `${step}. ${reason}`]);
    lines.push(aligned(cells, 'left'));
  }
  if (ignored.length > mostTold) lines.push(`Left out: ${count(ignored.length, 'column')}.`);
  else for (const { column, reason } of ignored) lines.push(`Left out: ${column}. ${reason}`);
  return lines;
}

function forecastText({ forecast, baseline }: TrainAnswer): string[] {
  if (!forecast || !baseline.naive || !baseline.seasonalNaive) return [];
  const { horizon, lookback, season, byStep } = forecast;
  const rows = (count: number): string => `${count} ${count === 1 ? 'row' : 'rows'}`;
  const figure = (value: number): string => value.toPrecision(4);
  return [
    `${rows(horizon)} ahead from ${rows(lookback)}; ${season > 1 ? `a season of ${rows(season)}` : 'no season'}. Mean absolute error on the test rows:`,
    aligned(
      [
        ['  step', 'model', 'naive', 'seasonal naive'],
        ...byStep
          .slice(0, mostTold)
          .map(({ step, mae, naive, seasonalNaive }) => [`  ${step}`, ...[mae, naive, seasonalNaive].map(figure)]),
      ],
      'right',
    ),
    '',
  ];
}

export function trainText(answer: TrainAnswer): string {
  const { metrics, baseline, linear, folds, rows } = answer;
  const judged = folds ? `mean of ${folds} folds` : `${rows.test} test rows`;
  return [
    `${answer.task}${answer.target === '' ? '' : ` of "${answer.target}"`} by ${answer.preset} on ${answer.device}, ${judged}, seed ${answer.seed}`,
    '',
    figuresTable(
      ['model', ...(answer.standardError ? ['± error'] : []), 'linear', 'baseline', 'validation'],
      [metrics.test, ...(answer.standardError ? [answer.standardError] : []), linear.test, baseline.test, metrics.validation],
    ),
    '',
    ...forecastText(answer),
    ...learntText(answer.learnt),
    '',
    ...(answer.sweep ? [...sweepText(answer.sweep), ''] : []),
    `${answer.epochs} epochs, ${answer.steps} steps, ${duration(answer.seconds)}`,
    ...answer.warnings.map(({ message, advice }) => `Warning: ${message} ${advice}`),
    ...(answer.model === null ? [] : [`Saved in ${answer.model}: benchwright predict ${answer.model} DATA`]),
  ].join('\n');
}
