/** The experiment that a newcomer can try: a caller in ten buys, of the new version one in eight. */

import type { ExperimentRecord, ExperimentSpec } from '../../spec/experiment.js';
import { outcomePrefix } from '../log/fields.js';

export const simulatedSpec: ExperimentSpec = {
  name: 'Simulated: a new version',
  deployment: 'simulated',
  arms: [
    { name: 'control', version: 1, weight: 50 },
    { name: 'treatment', version: 2, weight: 50 },
  ],
  metric: { column: `${outcomePrefix}bought`, kind: 'proportion', better: 'higher' },
  guardrails: [{ column: 'latency', kind: 'ratio', better: 'lower', margin: 1 }],
  effect: 0.02,
  expected: { baseline: 0.1 },
  alpha: 0.05,
  power: 0.8,
  bandit: false,
};

/** Done in half a minute. */
export const simulation: Omit<NonNullable<ExperimentRecord['simulated']>, 'seed'> = { shares: [0.1, 0.125], unitsPerSecond: 250 };
