/** Literal records for tests of elements that only draw. Figures are made up; tests of panels use real ones. */
import type { DeviceChoice } from '../../../src/spec/device.js';
import type { Field } from '../../../src/spec/field.js';
import type { RunRecord } from '../../../src/spec/run.js';

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
