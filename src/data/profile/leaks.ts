/** Columns that say what they could not know when a prediction is made: each with why it is suspected. */
import type { Finding, ProfiledColumn } from '../../spec/profile.js';
import { correlationRatio, cramersV, pearson, ranks } from '../../stats/association.js';
import { valueGroups } from '../../stats/binning.js';
import { contingency } from '../../stats/contingency.js';
import { both, isRenamed, type Side } from './pair.js';

/** Of what the baseline gets wrong, the share that one column gets right. */
const nearlyAll = 0.97;
const nearlyAllVariance = 0.98;
const sameOrder = 0.99999;
const ordersIt = 0.8;
const missingSays = 0.8;
const fewestRows = 30;
const percent = (share: number): string => `${Math.floor(share * 1000) / 10} %`;

export interface Suspect {
  column: ProfiledColumn;
  side: Side;
}

const leaveOut = 'Leave it out, unless it is known at the time of a prediction.';

/** The first reason to suspect a column of telling the target, the plainest first. */
export function leakOf({ column, side }: Suspect, target: ProfiledColumn, goal: Side): Finding | undefined {
  const found = (code: Finding['code'], severity: Finding['severity'], message: string, advice: string): Finding => ({
    code,
    severity,
    message: `"${column.name}" ${message}`,
    advice,
    columns: [column.name],
  });
  const { association, alone } = column;
  const rows = side.values.length;
  if (column.distinct.value <= rows / 2 && target.distinct.value <= rows / 2 && isRenamed(side, goal)) {
    return found(
      'leak-copy',
      'bad',
      `is "${target.name}" under another name: each of its values goes with one of the target, and back.`,
      leaveOut,
    );
  }
  if (association?.pearson !== undefined && association.rows >= fewestRows && Math.abs(association.pearson) >= sameOrder) {
    return found('leak-copy', 'bad', `is "${target.name}" in another unit: one is the other times a factor, plus a constant.`, leaveOut);
  }
  if (
    association?.spearman !== undefined &&
    association.rows >= fewestRows &&
    Math.abs(association.spearman) >= sameOrder &&
    column.distinct.value > 20
  ) {
    return found('leak-copy', 'bad', `puts the rows in just the order of "${target.name}": one can be computed from the other.`, leaveOut);
  }
  const orders = column.type === 'identifier' || column.type === 'datetime';
  if (orders && side.isNumber && association && association.rows >= fewestRows && association.value >= ordersIt) {
    return column.type === 'identifier'
      ? found(
          'leak-order',
          'bad',
          `numbers the rows, and the number tells "${target.name}" (${association.value.toFixed(2)} of 1): the rows were sorted by it.`,
          'Leave it out: new rows have other numbers.',
        )
      : found(
          'leak-order',
          'warn',
          `tells "${target.name}" (${association.value.toFixed(2)} of 1): it changes with time.`,
          'Divide the rows by time, so that a model is tested on later rows than it has learnt from.',
        );
  }
  if (alone && association && association.rows >= fewestRows) {
    const gained =
      alone.metric === 'r2' ? alone.score / nearlyAllVariance : (alone.score - alone.baseline) / (1 - alone.baseline) / nearlyAll;
    const shown =
      alone.metric === 'r2'
        ? `explains ${percent(alone.score)} of "${target.name}"`
        : `gets "${target.name}" right in ${percent(alone.score)} of rows`;
    if (gained >= 1)
      return found(
        'leak-predicts',
        'bad',
        `alone ${shown}.`,
        'If that seems too good: find out when it is written. What is filled in after the outcome must be left out.',
      );
  }
  const silent = missingness(side, goal);
  if (silent !== undefined && silent >= missingSays) {
    return found(
      'leak-missing',
      'bad',
      `is missing just where "${target.name}" is one thing and not the other (${silent.toFixed(2)} of 1).`,
      'Find out why it is missing: if it is filled in after the outcome, leave it out.',
    );
  }
  return undefined;
}

/** How much it says of the target that a column is missing. */
function missingness(side: Side, goal: Side): number | undefined {
  const there = { values: side.values.map((value) => (Number.isNaN(value) ? 0 : 1)), isNumber: false };
  const rows = both(there, goal);
  const known = rows.one.reduce((sum, value) => sum + value, 0);
  if (known < fewestRows / 2 || rows.one.length - known < fewestRows / 2) return undefined;
  const groups = Int32Array.from(rows.one);
  if (goal.isNumber) return correlationRatio(ranks(rows.other), groups, 2) ?? undefined;
  const classes = valueGroups(rows.other);
  return cramersV(contingency(groups, classes.groups, 2, classes.count)) ?? undefined;
}

/** Whether the rows themselves lie in the order of the target. */
export function orderOfRows(positions: Float64Array, target: string, goal: Side): Finding[] {
  const rows = both({ values: positions, isNumber: true }, goal);
  if (rows.one.length < fewestRows) return [];
  const classes = valueGroups(rows.other);
  const value = goal.isNumber
    ? Math.abs(pearson(rows.one, ranks(rows.other)) ?? 0)
    : (correlationRatio(rows.one, classes.groups, classes.count) ?? 0);
  if (value < ordersIt) return [];
  return [
    {
      code: 'leak-order',
      severity: 'note',
      message: `The rows are sorted by "${target}".`,
      advice: 'A division at random, as is usual here, is right; one by position would not be.',
      columns: [target],
    },
  ];
}
