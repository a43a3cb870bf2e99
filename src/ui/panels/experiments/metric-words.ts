/** A metric and its figures in words. */

import type { Comparison } from '../../../serve/experiment/experiments.js';
import { outcomePrefix, outputPrefix } from '../../../serve/log/fields.js';
import type { ExperimentRecord, Metric } from '../../../spec/experiment.js';
import { figure, percentage } from '../../format.js';

export const metricTitle = ({ column, kind }: Metric): string => {
  const prefix = [outcomePrefix, outputPrefix].find((each) => column.startsWith(each)) ?? '';
  const name = column.slice(prefix.length);
  if (kind === 'proportion') return `share of units with “${name}”`;
  return kind === 'mean' ? `“${name}” of a unit` : `“${name}” of a request`;
};

export const metricFigure = ({ column, kind }: Metric, value: number): string =>
  kind === 'proportion' ? percentage(value) : figure(value) + unitOf(column);

const unitOf = (column: string): string => (column === 'latency' ? ' ms' : '');

/** A difference: of shares in points. */
export const differenceText = ({ column, kind }: Metric, value: number): string => {
  if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
  const sign = value > 0 ? '+' : '';
  return kind === 'proportion' ? `${sign}${(value * 100).toFixed(2).replace('-', '−')} points` : sign + figure(value) + unitOf(column);
};

/** Relative to the control: "+12.5 % (+3.1 % to +22.0 %)". */
export function relativeText({ difference, lower, upper }: NonNullable<Comparison['relative']>): string {
  const share = (value: number): string => {
    if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
    return `${value > 0 ? '+' : ''}${(value * 100).toFixed(1).replace('-', '−')} %`;
  };
  return `${share(difference)} (${share(lower)} to ${share(upper)})`;
}

/** 0.03125 → "0.0313", 0.00002 → "< 0.0001". */
export const pValueText = (value: number): string => (value < 0.0001 ? '< 0.0001' : value.toFixed(4));

export const pValueWords = (value: number): string => `p ${value < 0.0001 ? '' : '= '}${pValueText(value)}`;

export const experimentStatus: Record<ExperimentRecord['status'], { title: string; tone: string }> = {
  running: { title: 'running', tone: 'accent' },
  stopped: { title: 'stopped', tone: '' },
  decided: { title: 'decided', tone: 'good' },
};
