import { expect, test } from 'vitest';
import { TrainingSpec } from '../../../src/spec/training.js';
import { validate } from '../../../src/spec/validate.js';

const message = (spec: Record<string, unknown>): string => {
  try {
    validate(TrainingSpec, { target: 't', ...spec }, 'training-spec');
  } catch (error) {
    expect(error).toMatchObject({ name: 'InputError', code: 'invalid-training-spec' });
    return (error as Error).message;
  }
  return 'valid';
};

test.each([
  [{ target: 3 }, 'at "target": expected a text; 3 was given.'],
  [{ target: undefined }, 'at "target": expected a text; nothing was given.'],
  [{ epochs: 1.5 }, 'at "epochs": expected a whole number; 1.5 was given.'],
  [{ epochs: 0 }, 'at "epochs": expected a number of at least 1; 0 was given.'],
  [{ learningRate: 0 }, 'at "learningRate": expected a number above 0; 0 was given.'],
  [{ learningRate: Number.NaN }, 'at "learningRate": expected a number; NaN was given.'],
  [
    { preset: 'tree' },
    'at "preset": expected "auto" or "linear" or "mlp" or "cnn" or "residual" or "resnet" or "gru" or "temporal-cnn" or "text-cnn" or "transformer" or "transfer" or "autoencoder"; "tree" was given.',
  ],
  [{ split: { test: 2 } }, 'at "split.test": expected a number of at most 0.9; 2 was given.'],
  [{ layers: [{ kind: 'convolution' }] }, /at "layers\.0\.kind": expected "dense" or "dropout" or "conv2d".*; "convolution" was given\.$/],
  [{ ignore: 'id'.repeat(50) }, /at "ignore": expected a list; "idid.{50,60}… was given\.$/],
])('%j is refused, saying what was expected and what was given', (spec, expected) => {
  expect(message(spec)).toMatch(expected instanceof RegExp ? expected : new RegExp(`${expected.replace(/[.[\]]/g, '\\$&')}$`));
});

test('hostile keys are data, not lookups', () => {
  expect(message({ split: JSON.parse('{"__proto__": {"test": 5}}') })).toBe('valid');
  expect(({} as Record<string, unknown>).test).toBeUndefined();
});
