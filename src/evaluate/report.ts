/** From gathered rows to the report: figures, confusion, calibration, groups and the fairness between them. Pure. */

import { InputError } from '../base/errors.js';
import { Growing } from '../base/growing.js';
import { taskOfKind } from '../data/targets/table.js';
import type { FittedTarget } from '../spec/pipeline.js';
import type { EvaluationReport, GroupReport } from '../spec/report.js';
import { calibration } from '../stats/calibration.js';
import { confusionCounts, mostProbable } from '../stats/confusion.js';
import { fairnessFigures, type GroupRates, groupRates } from '../stats/fairness.js';
import { anomaliesOf, figuresOf } from './figures.js';
import type { Gathered } from './gather.js';

export interface ReportRequest {
  target: FittedTarget;
  /** Those that parts of an anomaly's score belong to. */
  columns?: readonly string[];
  gathered: Gathered;
  /** The column of the groups. */
  group?: string;
  /** The class whose prediction is the outcome that fairness is about; by default the last of two. */
  positiveClass?: string;
}

/** @throws InputError `unknown-class` when the positive class is none */
export function buildReport(request: ReportRequest): EvaluationReport {
  const { target, gathered, group } = request;
  const classes = classesOf(request);
  const metrics = figuresOf(target, gathered);
  const anomalies = anomaliesOf(target, gathered, request.columns ?? []);
  const report: EvaluationReport = {
    task: taskOfKind(target.kind),
    target: target.column,
    rows: gathered.rows,
    leftOut: gathered.leftOut,
    warnings: [...gathered.warnings],
    metrics,
    ...(anomalies ? { anomalies } : {}),
  };
  if (classes) addClassFigures(report, classes, gathered);
  if (group === undefined) return report;
  const rates = positiveRates(request);
  report.groups = gathered.groupNames.map((name, index) => groupReport(request, index, name, rates?.figures[index]));
  report.groups.sort((one, other) => (one.group < other.group ? -1 : 1));
  if (rates && gathered.groupNames.length > 1) {
    report.fairness = { column: group, positiveClass: rates.positiveClass, ...fairnessFigures(rates.figures) };
  }
  return report;
}

const classesOf = ({ target }: ReportRequest): readonly string[] | undefined => (target.kind === 'classes' ? target.classes : undefined);

/** A classification's outputs are kept in single precision. */
function classRows(
  classes: readonly string[],
  { actual, outputs }: Gathered,
  rows?: Int32Array,
): { actual: Int32Array; probabilities: Float32Array } {
  if (!rows) return { actual: new Int32Array(actual), probabilities: outputs as Float32Array };
  const width = classes.length;
  const probabilities = new Float32Array(rows.length * width);
  for (const [index, row] of rows.entries()) probabilities.set(outputs.subarray(row * width, (row + 1) * width), index * width);
  return { actual: Int32Array.from(rows, (row) => actual[row]), probabilities };
}

function addClassFigures(report: EvaluationReport, classes: readonly string[], gathered: Gathered): void {
  const width = classes.length;
  const { actual, probabilities } = classRows(classes, gathered);
  const { counts } = confusionCounts(actual, mostProbable(probabilities, width), width);
  report.confusion = {
    classes: [...classes],
    counts: classes.map((_, label) => Array.from(counts.subarray(label * width, (label + 1) * width))),
  };
  report.calibration = calibration({ actual, probabilities, classes: width });
}

/** Rates of the positive class in every group; none where more than two classes leave it open which is meant. */
function positiveRates(request: ReportRequest): { positiveClass: string; figures: GroupRates[] } | undefined {
  const { gathered, positiveClass } = request;
  const classes = classesOf(request);
  if (!classes || (classes.length !== 2 && positiveClass === undefined)) return undefined;
  const positive = positiveClass === undefined ? 1 : classes.indexOf(positiveClass);
  if (positive < 0) {
    throw new InputError('unknown-class', `"${positiveClass}" is not a class of this model.`, {
      advice: `Its classes are ${classes.map((name) => `"${name}"`).join(', ')}.`,
      place: { value: String(positiveClass) },
    });
  }
  const { actual, probabilities } = classRows(classes, gathered);
  const figures = groupRates({
    actual,
    predicted: mostProbable(probabilities, classes.length),
    groups: gathered.groups,
    groupCount: gathered.groupNames.length,
    positive,
  });
  return { positiveClass: classes[positive], figures };
}

function groupReport(request: ReportRequest, index: number, group: string, rates: GroupRates | undefined): GroupReport {
  const { target, gathered } = request;
  const classes = classesOf(request);
  const rows = rowsOfGroup(gathered.groups, index);
  const report: GroupReport = { group, rows: rows.length, metrics: figuresOf(target, gathered, rows) };
  if (classes) {
    const predicted = mostProbable(classRows(classes, gathered, rows).probabilities, classes.length);
    const share = (label: number): number => predicted.filter((value) => value === label).length / rows.length;
    report.selectionRate = Object.fromEntries(classes.map((name, label) => [name, share(label)]));
  }
  if (rates) Object.assign(report, { truePositiveRate: rates.truePositiveRate, falsePositiveRate: rates.falsePositiveRate });
  return report;
}

function rowsOfGroup(groups: Int32Array, index: number): Int32Array {
  const rows = new Growing((length) => new Int32Array(length));
  for (let row = 0; row < groups.length; row++) if (groups[row] === index) rows.push(row);
  return rows.finish();
}
