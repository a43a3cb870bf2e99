/** What Prometheus reads, where TensorFlow Serving has it and where most look for it. */
import type { Route } from './route.js';

export const metricsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^(?:\/monitoring\/prometheus)?\/metrics$/,
    answer: ({ metrics }) => new Response(metrics.text(), { headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' } }),
  },
];
