/** Literal records for tests of elements that only draw. Figures are made up; tests of panels use real ones. */
import type { DeviceChoice } from '../../../src/spec/device.js';
import type { Field } from '../../../src/spec/field.js';

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
