/** A metric and its figures in words. */
import type { ExperimentRecord, Metric } from '../../../spec/experiment.js';
import { figure, percentage } from '../../format.js';

export const metricTitle = ({ column, kind }: Metric): string => {
  const name = column.replace(/^(outcome|output)\./, '');
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

export const experimentStatus: Record<ExperimentRecord['status'], { title: string; tone: string }> = {
  running: { title: 'running', tone: 'accent' },
  stopped: { title: 'stopped', tone: '' },
  decided: { title: 'decided', tone: 'good' },
};
