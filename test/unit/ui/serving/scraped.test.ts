import { expect, test } from 'vitest';
import { Metrics } from '../../../../src/serve/metrics.js';
import { figuresOf, quantileOf } from '../../../../src/ui/serving/scraped.js';

test('quantiles are those of Prometheus (its promql/promqltest/testdata/histograms.test, request_duration_seconds at 50m)', () => {
  const buckets = [
    { bound: 0.1, count: 1 },
    { bound: 0.2, count: 3 },
    { bound: Number.POSITIVE_INFINITY, count: 4 },
  ];
  expect(quantileOf(buckets, 0.3)).toBeCloseTo(0.11, 12);
  expect(quantileOf(buckets, 0.5)).toBeCloseTo(0.15, 12);
  expect(quantileOf(buckets, 1)).toBe(0.2);
  expect(quantileOf([{ bound: Number.POSITIVE_INFINITY, count: 0 }], 0.5)).toBeUndefined();
});

test('what the server writes is read back, model by model', () => {
  const metrics = new Metrics();
  for (const milliseconds of [0.2, 0.2, 2]) metrics.request('a', 200, milliseconds);
  metrics.request('a', 404, 0.05);
  metrics.request('odd "name", le="1"', 200, 60_000);
  metrics.batch('a', 3);
  metrics.batch('a', 1);
  const figures = figuresOf(metrics.text());
  expect(figures.get('a')).toEqual({ requests: 4, failed: 1, median: expect.closeTo(0.2, 6), p99: expect.closeTo(2.92, 6), rows: 2 });
  // Beyond the last bound no more is known.
  expect([...figures.values()][1]).toMatchObject({ requests: 1, failed: 0, median: 10_000 });
});
