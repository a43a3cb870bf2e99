/** Literal records for tests of elements that only draw. Figures are made up; tests of panels use real ones. */
import type { DeviceChoice } from '../../../src/spec/device.js';
import type { Field } from '../../../src/spec/field.js';
import type { RunInsight } from '../../../src/spec/insight.js';
import type { RatePoint } from '../../../src/spec/learning-rate.js';
import type { Profile } from '../../../src/spec/profile.js';
import type { RunRecord } from '../../../src/spec/run.js';
import type { RateStanding } from '../../../src/ui/elements/rate-finder.js';

export const numberField: Field = {
  name: 'bill_length_mm',
  type: 'number',
  missing: 2,
  distinct: 164,
  reason: 'Every value is a number.',
  range: { minimum: 32.1, maximum: 59.6, mean: 43.9, median: 44.45, standardDeviation: 5.5 },
  histogram: [3, 20, 60, 58, 70, 81, 40, 8, 2],
};

export const categoryField: Field = {
  name: 'species',
  type: 'category',
  missing: 0,
  distinct: 3,
  reason: 'Few different texts.',
  top: [
    { value: 'Adelie', count: 152 },
    { value: 'Gentoo', count: 124 },
    { value: 'Chinstrap', count: 68 },
  ],
};

/** Of two columns. */
export const profile: Profile = {
  version: 1,
  hash: 'abc',
  rows: 344,
  sampled: 344,
  target: 'species',
  targets: [{ name: 'species', reason: 'Its name says that it is what is asked for.' }],
  columns: [
    {
      name: 'bill_length_mm',
      type: 'number',
      reason: 'Every value is a number.',
      missing: 2,
      distinct: { value: 164, error: 0 },
      numbers: {
        minimum: 32.1,
        maximum: 59.6,
        mean: 43.9,
        standardDeviation: 5.5,
        skewness: 0.05,
        quantiles: [32.1, 33.5, 35.7, 39.2, 44.5, 48.5, 52, 55.5, 59.6],
        quantileError: 0,
        histogram: { from: 32, to: 58, counts: [3, 20, 60, 58, 70, 81, 40, 8, 2], below: 0, above: 1, exact: true },
        outliers: { count: 1, lower: 25, upper: 58, exact: true },
      },
      association: { value: 0.85, measure: 'correlation-ratio-ranks', rows: 342 },
      alone: { metric: 'accuracy', score: 0.71, baseline: 0.44 },
    },
    {
      name: 'species',
      type: 'category',
      reason: 'Few different texts.',
      missing: 0,
      distinct: { value: 3, error: 0 },
      top: { values: categoryField.top ?? [], error: 0 },
    },
  ],
  correlations: {
    columns: ['species', 'bill_length_mm', 'mass'],
    values: [
      [1, 0.85, 0.8],
      [0.85, 1, -0.6],
      [0.8, -0.6, null],
    ],
  },
  duplicates: { rows: 0, error: 0, examples: [] },
  missing: { completeRows: 342, patterns: [{ columns: ['bill_length_mm', 'mass'], rows: 2 }], exact: true },
  findings: [
    {
      code: 'near-constant',
      severity: 'warn',
      message: '"bill_length_mm" is nearly constant.',
      advice: 'Leave it out.',
      columns: ['bill_length_mm'],
    },
  ],
};

export const choice: DeviceChoice = {
  device: 'wasm',
  description: 'Processor, by WebAssembly',
  reason: 'Measured with this model: wasm 0.13 ms a step.',
  remembered: false,
  trials: [
    { device: 'wasm', description: 'Processor, by WebAssembly', milliseconds: 0.13 },
    { device: 'webgpu', description: 'A graphics processor', problem: 'There is no adapter.' },
  ],
};

export const classificationScores = {
  accuracy: 0.9,
  balancedAccuracy: 0.88,
  f1Macro: 0.89,
  precisionMacro: 0.9,
  recallMacro: 0.88,
  mcc: 0.8,
  logLoss: 0.3,
  rocAuc: null,
};

/** A run that has ended, on 180 test rows. */
export const run: RunRecord = {
  kind: 'run',
  id: 'run-1',
  name: 'Penguins of three islands, species',
  created: 1_700_000_000_000,
  status: 'finished',
  dataset: { id: 'dataset-1', name: 'Penguins', hash: 'abc' },
  spec: { target: 'species', preset: 'mlp' },
  task: 'classification',
  preset: 'mlp',
  seed: 7,
  epochs: 20,
  batchSize: 32,
  learningRate: 0.01,
  split: { validation: 0.2, test: 0.2 },
  rows: { training: 540, validation: 180, test: 180 },
  device: choice,
  model: { inputs: 1, layers: [{ kind: 'dense', units: 3, activation: 'linear' }], loss: 'softmaxCrossEntropy' },
  pipeline: {
    version: 2,
    reads: [],
    derived: [],
    steps: [],
    target: { kind: 'classes', column: 'species', classes: ['Adelie', 'Gentoo', 'Chinstrap'] },
    ignored: [],
    inputs: 1,
  },
  parameters: 1283,
  curve: [],
  bestEpoch: 12,
  steps: 340,
  seconds: 2.4,
  scores: { validation: classificationScores, test: { ...classificationScores, accuracy: 178 / 180 } },
  baseline: { validation: classificationScores, test: { ...classificationScores, accuracy: 0.4 } },
  linear: { validation: classificationScores, test: { ...classificationScores, accuracy: 0.9 } },
  warnings: [],
  versions: {},
};

/** Of two epochs: in the second, half of the units of the first layer had no gradient. */
export const insight: RunInsight = {
  tensors: [
    { layer: 0, kind: 'dense', role: 'weights', shape: [2, 4], size: 8, looked: 8 },
    { layer: 0, kind: 'dense', role: 'bias', shape: [4], size: 4, looked: 4 },
  ],
  examples: [
    { row: 0, actual: 'Adelie' },
    { row: 7, actual: 'Gentoo' },
  ],
  classes: ['Adelie', 'Gentoo', 'Chinstrap'],
  every: 1,
  epochs: [1, 2].map((epoch) => ({
    epoch,
    weights: [
      { norm: 1.5 * epoch, zeros: 0, first: 10, counts: [3, ...Array<number>(43).fill(0), 5] },
      { norm: 0.1, zeros: 0.25, first: 32, counts: [1, 0, 3] },
    ],
    gradients: [
      { norm: 0.02, zeros: 0, first: 20, counts: [4, 4] },
      { norm: null, zeros: epoch === 2 ? 0.5 : 0, first: 64, counts: [4] },
    ],
    answers: [
      { answer: epoch - 1, probability: 0.7, ofTruth: epoch === 1 ? 0.7 : 0.2 },
      { answer: 1, probability: 0.9, ofTruth: 0.9 },
    ],
  })),
};

/** From 0.0001 to 1, falling to a tenth from the middle. */
export const ratePoints: RatePoint[] = Array.from({ length: 41 }, (_, at) => {
  const smoothed = at < 30 ? 1 - at / 33 : 0.1 + ((at - 30) / 10) ** 2;
  return { rate: 10 ** (at / 10 - 4), loss: smoothed * 1.1, smoothed };
});

export const rateStanding: RateStanding = {
  active: false,
  detail: '',
  progress: 1,
  points: ratePoints,
  finding: {
    task: 'classification',
    target: 'species',
    device: 'wasm',
    preset: 'mlp',
    seed: 0,
    batchSize: 32,
    learningRate: 0.003,
    suggestion: 0.01,
    lowest: 0.1,
    steepest: 0.002,
    diverged: true,
    curve: ratePoints,
  },
};
