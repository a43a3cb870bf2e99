/** From the options of `train` to what the trainer is asked for. Options go before the file given by `--spec`. */
import { InputError } from '../base/errors.js';
import { deviceNames } from '../spec/device-name.js';
import { presets } from '../spec/preset.js';
import { SweepSpec } from '../spec/sweep.js';
import { tasks } from '../spec/task.js';
import { TrainingSpec } from '../spec/training.js';
import { validate } from '../spec/validate.js';
import { checkValues } from '../train/sweeps/trial-spec.js';
import { trialValues } from '../train/sweeps/values.js';
import type { Given } from './command.js';
import { named, readJsonObject } from './json-file.js';
import { choiceOption, numberOption, refuseTogether, wholeNumberOption } from './parse.js';

/** Asks for a column of text; what is told of it is decided from the target. */
const textTask = 'text';

export interface TrainingWish {
  /** Without a target where neither an option nor the file names one. */
  spec: Omit<TrainingSpec, 'target'> & { target?: string };
  folds?: number;
  sweep?: SweepSpec;
  /** Whether there has to be a text to learn from. */
  texts: boolean;
}

/** @throws InputError naming the option, or the file and the field in it */
export async function trainingWish(given: Given): Promise<TrainingWish> {
  refuseTogether(given, ['test', 'split', 'folds']);
  refuseTogether(given, ['preset', 'spec']);
  refuseTogether(given, ['folds', 'sweep']);
  const file = given.options.get('spec');
  const spec: TrainingWish['spec'] = file === undefined ? {} : await readSpec(file);
  const task = choiceOption(given, 'task', [...tasks, textTask]);
  const wishes = {
    target: given.options.get('target'),
    task: task === textTask ? undefined : task,
    preset: choiceOption(given, 'preset', presets),
    epochs: wholeNumberOption(given, 'epochs', 1, 100_000),
    seed: wholeNumberOption(given, 'seed', 0, Number.MAX_SAFE_INTEGER),
    device: choiceOption(given, 'device', ['auto', ...deviceNames]),
  };
  for (const [name, value] of Object.entries(wishes)) if (value !== undefined) Object.assign(spec, { [name]: value });
  const split = {
    ...spec.split,
    ...(given.options.has('split') ? sharesFor(testShare(given), spec.split?.validation) : {}),
    ...(given.options.has('group') ? { group: given.options.get('group') } : {}),
    ...(given.options.has('time') ? { time: given.options.get('time') } : {}),
  };
  if (Object.keys(split).length > 0) spec.split = split;
  const forecast = forecastOptions(given, spec);
  if (forecast) spec.forecast = forecast;
  const sweep = given.options.get('sweep');
  return {
    spec,
    folds: wholeNumberOption(given, 'folds', 2, 1000),
    ...(sweep === undefined ? {} : { sweep: await readSweep(sweep) }),
    texts: task === textTask,
  };
}

/** @throws InputError `needs-forecast` where something else is asked for */
function forecastOptions(given: Given, { task, forecast }: TrainingWish['spec']): TrainingSpec['forecast'] {
  const names = ['horizon', 'lookback', 'season'] as const;
  const own = names.flatMap((name) => {
    const value = wholeNumberOption(given, name, 1, 1000);
    return value === undefined ? [] : [[name, value] as const];
  });
  if (own.length === 0) return forecast;
  if (task === 'forecast') return { ...forecast, ...Object.fromEntries(own) };
  throw new InputError('needs-forecast', `--${own[0][0]} is for forecasts, and none is asked for.`, {
    advice: 'Add --task forecast --time COL, or leave it out.',
    place: { option: `--${own[0][0]}` },
  });
}

/** The spec of the model that is kept beside folds: every row has been tested already, so none is set aside. */
export const learningFromAll = <Spec extends Partial<TrainingSpec>>(spec: Spec): Spec => ({ ...spec, split: { ...spec.split, test: 0 } });

function testShare(given: Given): number {
  const share = numberOption(given, 'split', 0.2) as number;
  if (share > 0 && share < 1) return share;
  throw new InputError('out-of-range', `--split is ${share}; expected the share of rows to test on, between 0 and 1.`, {
    advice: 'Give for example --split 0.2.',
    place: { option: '--split', value: share },
  });
}

/** A large test share takes from the usual validation share, so that rows to train on are left. */
const sharesFor = (test: number, validation: number | undefined): { test: number; validation?: number } =>
  validation === undefined && test > 0.5 ? { test, validation: (1 - test) / 5 } : { test };

async function readSpec(file: string): Promise<TrainingWish['spec']> {
  const value = await readJsonObject(file, {
    option: '--spec',
    schema: 'docs/schemas/training-spec.json',
    invalid: 'invalid-training-spec',
  });
  // The target may come from --target; everything else is held to the vocabulary.
  const spec = named(file, () => validate(TrainingSpec, { target: '', ...value }, 'training-spec'));
  const extra = unknownKey(value, spec);
  if (extra) {
    throw new InputError('unknown-field', `"${file}" has the field "${extra}", which no training knows.`, {
      advice: `A training knows ${Object.keys(TrainingSpec.shape).join(', ')}.`,
      place: { file, field: extra },
    });
  }
  const { target, ...rest } = spec;
  return target === '' ? rest : spec;
}

/** A wrong value is told here, by its place in the file; what does not fit the data is told before the first trial. */
async function readSweep(file: string): Promise<SweepSpec> {
  const value = await readJsonObject(file, { option: '--sweep', schema: 'docs/schemas/sweep-spec.json', invalid: 'invalid-sweep-spec' });
  return named(file, () => {
    const sweep = validate(SweepSpec, value, 'sweep-spec');
    checkValues(sweep);
    trialValues(sweep, 0);
    return sweep;
  });
}

/** The first field of `given` that validation did not keep: a slip of the pen is not left unsaid. */
function unknownKey(given: unknown, kept: unknown): string | undefined {
  if (typeof given !== 'object' || given === null || typeof kept !== 'object' || kept === null) return undefined;
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(kept, key)) return key;
    const inner = unknownKey(value, (kept as Record<string, unknown>)[key]);
    if (inner) return `${key}.${inner}`;
  }
  return undefined;
}
