import { expect, test } from 'vitest';
import { metricTitle, pValueWords } from '../../../src/ui/panels/experiments/metric-words.js';

test('a p-value is what it is, or less than what four decimals can say', () => {
  expect([0.5, 0.0001, 0.00009, 0].map(pValueWords)).toEqual(['p = 0.5000', 'p = 0.0001', 'p < 0.0001', 'p < 0.0001']);
});

test('a metric is called by its event or output, without where the log has it', () => {
  expect(metricTitle({ column: 'outcome.bought', kind: 'proportion', better: 'higher' })).toBe('share of units with “bought”');
  expect(metricTitle({ column: 'latency', kind: 'ratio', better: 'lower' })).toBe('“latency” of a request');
});
