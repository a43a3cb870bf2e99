/** Figures between groups of rows, as Fairlearn defines them. Pure counting: which group matters is the caller's knowledge. */
import { requireRows } from './confusion.js';

/** Rates of one group for the positive class; a rate over no rows is 0, as in Fairlearn. */
export interface GroupRates {
  rows: number;
  selectionRate: number;
  truePositiveRate: number;
  falsePositiveRate: number;
}

export interface FairnessFigures {
  demographicParityDifference: number;
  demographicParityRatio: number;
  equalizedOddsDifference: number;
  equalizedOddsRatio: number;
}

/**
 * @param given.groups group index of each row, in [0, groupCount)
 * @param given.positive the class whose prediction is the favoured (or feared) outcome
 */
export function groupRates(given: {
  actual: Int32Array;
  predicted: Int32Array;
  groups: Int32Array;
  groupCount: number;
  positive: number;
}): GroupRates[] {
  const { actual, predicted, groups, groupCount, positive } = given;
  requireRows(actual.length, predicted.length);
  const tallies = Array.from({ length: groupCount }, () => ({ rows: 0, selected: 0, positives: 0, hits: 0 }));
  for (let row = 0; row < actual.length; row++) {
    const tally = tallies[groups[row]];
    const selected = predicted[row] === positive ? 1 : 0;
    tally.rows++;
    tally.selected += selected;
    if (actual[row] !== positive) continue;
    tally.positives++;
    tally.hits += selected;
  }
  return tallies.map(({ rows, selected, positives, hits }) => ({
    rows,
    selectionRate: share(selected, rows),
    truePositiveRate: share(hits, positives),
    falsePositiveRate: share(selected - hits, rows - positives),
  }));
}

/**
 * Between groups: largest minus smallest, and smallest over largest. Equalized odds takes the worse of the true and the
 * false positive rate. A ratio of rates that are all 0 is 1: the groups are treated alike.
 */
export function fairnessFigures(groups: GroupRates[]): FairnessFigures {
  const selection = between(groups.map((group) => group.selectionRate));
  const hits = between(groups.map((group) => group.truePositiveRate));
  const alarms = between(groups.map((group) => group.falsePositiveRate));
  return {
    demographicParityDifference: selection.difference,
    demographicParityRatio: selection.ratio,
    equalizedOddsDifference: Math.max(hits.difference, alarms.difference),
    equalizedOddsRatio: Math.min(hits.ratio, alarms.ratio),
  };
}

function between(rates: number[]): { difference: number; ratio: number } {
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  return { difference: most - least, ratio: most === 0 ? 1 : least / most };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
