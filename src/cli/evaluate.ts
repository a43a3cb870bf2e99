/** `benchwright evaluate MODEL DATA`: what a saved model is worth on rows that carry the truth. */
import { InputError } from '../base/errors.js';
import type { EvaluationReport } from '../spec/report.js';
import type { EvaluateAnswer } from './answers.js';
import type { Command } from './command.js';
import { openModel } from './model-folder.js';
import { jsonOption } from './parse.js';
import { openSource } from './source.js';
import { aligned, figure, figuresTable } from './table-text.js';

export const evaluate: Command = {
  name: 'evaluate',
  summary: 'what a saved model is worth on rows that carry the truth',
  positionals: ['MODEL', 'DATA'],
  options: {
    group: { value: 'COL', description: 'figures by this column’s values, and fairness between them' },
    positive: { value: 'CLASS', description: 'the class that fairness is about (the second of two when left out)' },
    ...jsonOption,
  },
  async run({ positionals: [path, data], options }, context) {
    if (options.has('positive') && !options.has('group')) {
      throw new InputError('missing-group', '--positive says what fairness between groups is about, and no group was given.', {
        advice: 'Add --group COL, or leave out --positive.',
        place: { option: '--positive' },
      });
    }
    const source = await openSource(data);
    const { model, services, close } = await openModel(path);
    try {
      context.output.progress(`Evaluating ${path} on ${data}`);
      const [group, positiveClass] = [options.get('group'), options.get('positive')];
      const wishes = { ...(group === undefined ? {} : { group }), ...(positiveClass === undefined ? {} : { positiveClass }) };
      const report = await services.evaluator.evaluate(model.id, source, wishes, context.signal);
      await context.output.answer({ ...report, model: path } satisfies EvaluateAnswer, textOf(report, path));
    } finally {
      await close();
    }
  },
};

function textOf(report: EvaluationReport, path: string): string {
  const { confusion, calibration, groups, fairness } = report;
  const heads = (groups ?? []).map(({ group, rows }) => `${group === '' ? '(none)' : group} (${rows})`);
  return [
    `${path}: ${report.task} of "${report.target}" on ${report.rows} rows`,
    '',
    figuresTable(['all', ...heads], [report.metrics, ...(groups ?? []).map(({ metrics }) => metrics)]),
    ...(confusion
      ? [
          '',
          'Rows are true classes, columns predicted ones:',
          aligned([
            ['', ...confusion.classes],
            ...confusion.counts.map((counts, label) => [confusion.classes[label], ...counts.map(String)]),
          ]),
        ]
      : []),
    ...(calibration ? ['', `Expected calibration error: ${figure(calibration.expectedCalibrationError)}`] : []),
    ...(fairness
      ? [
          '',
          `Between groups of "${fairness.column}", positive class "${fairness.positiveClass}":`,
          aligned([
            ['', 'difference', 'ratio'],
            ['demographic parity', figure(fairness.demographicParityDifference), figure(fairness.demographicParityRatio)],
            ['equalized odds', figure(fairness.equalizedOddsDifference), figure(fairness.equalizedOddsRatio)],
          ]),
        ]
      : []),
    ...report.warnings.map(({ message, advice }) => `\nWarning: ${message} ${advice}`),
  ].join('\n');
}
