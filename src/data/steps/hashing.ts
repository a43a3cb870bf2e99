/** Categories by the hash of their text: any number of them in a fixed number of inputs, and nothing to learn. */
import type { FieldType } from '../../spec/field-type.js';
import type { FittedHashing } from '../../spec/fitted-steps.js';
import type { StepOptions } from '../../spec/pipeline-spec.js';
import { textsOf } from '../columns/access.js';
import type { StepFitter } from './fitter.js';
import { hashedFeature } from './murmur.js';

const defaultFeatures = 32;

export function createHashingFitter(column: string, type: FieldType, { features = defaultFeatures }: StepOptions<'hashing'>): StepFitter {
  let known = false;
  return {
    add(of, { rows }) {
      const { codes } = textsOf(of, column);
      known ||= rows.some((row) => codes[row] >= 0);
    },
    finish: () => (known ? { kind: 'hashing', column, type, features } : 'It has no value in the training rows.'),
  };
}

/** Writes one row's inputs from `start`, which are 0 so far. */
export function writeHashing({ features }: FittedHashing, text: string | undefined, inputs: Float32Array, start: number): void {
  if (text === undefined) return;
  const { position, sign } = hashedFeature(text, features);
  inputs[start + position] = sign;
}
