/** From a trial's values to what a training is asked for: with that spec alone, `train` does the same. */
import { InputError } from '../../base/errors.js';
import type { LayerSpec } from '../../spec/layer.js';
import type { SweepFieldName, SweepSpec } from '../../spec/sweep.js';
import type { TrialValues } from '../../spec/sweep-record.js';
import { TrainingSpec } from '../../spec/training.js';
import { validate } from '../../spec/validate.js';
import { recipesFor } from '../presets/auto.js';
import { hiddenOf, type Recipe, type RecipeFacts } from '../recipe.js';
import { withDepth } from './depth.js';
import { preparationOf } from './preparations.js';

const ofLayers = ['hiddenUnits', 'hiddenLayers', 'dropout', 'activation'] as const satisfies SweepFieldName[];

/** @throws InputError `invalid-sweep-spec` naming the field and its value, and what `recipesFor` says of a preset or loss that does not fit */
export function trialSpec(base: TrainingSpec, values: TrialValues, facts: RecipeFacts): TrainingSpec {
  const { hiddenUnits: _, hiddenLayers: __, dropout: ___, activation: ____, clipNorm, ...direct } = values;
  const clip = clipNorm === undefined ? {} : { clip: { ...base.clip, norm: clipNorm } };
  const spec = checked(base, { ...direct, ...clip }, values);
  if (ofLayers.every((name) => values[name] === undefined)) return spec;
  const { preset, ...rest } = spec;
  const { main } = recipesFor(spec, facts);
  const before = hiddenOf(main.model);
  const layers = withValues(before, values);
  // A linear model has no hidden layers to change: it stays what it is.
  if (layers.length === 0) return { ...spec, preset: preset === 'auto' || preset === undefined ? 'linear' : preset };
  // What prepares the columns, or stands before them, stays, though the layers are the trial's own now.
  const kept = preparationOf(spec) === 'columns' ? {} : { preset };
  return checked({ ...rest, ...kept, ...pinned(main) }, { layers }, values);
}

/** What the preset decided stays so when its layers become one's own. */
const pinned = ({ epochs, batchSize, learningRate, weightDecay, patience, schedule }: Recipe): Partial<TrainingSpec> => ({
  epochs,
  batchSize,
  learningRate,
  weightDecay,
  patience,
  schedule,
});

function checked(base: TrainingSpec, changes: object, values: TrialValues): TrainingSpec {
  try {
    return validate(TrainingSpec, { ...base, ...changes }, 'training-spec');
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown;
    const field = String(thrown.place.field ?? '');
    throw new InputError('invalid-sweep-spec', `A trial with ${shownValues(values)} cannot be: ${thrown.message}`, {
      advice: 'Correct the values of this field in the sweep.',
      cause: thrown,
      place: { field },
    });
  }
}

const shownValues = (values: TrialValues): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(', ');

function withValues(layers: LayerSpec[], { hiddenUnits, hiddenLayers, dropout, activation }: TrialValues): LayerSpec[] {
  const repeated = hiddenLayers === undefined ? layers : withDepth(layers, Number(hiddenLayers));
  return repeated.map((layer) => {
    if (layer.kind === 'dropout') return dropout === undefined ? layer : { ...layer, rate: dropout as number };
    if (!('activation' in layer) || layer.activation === 'linear') return layer;
    const changed = {
      ...layer,
      ...(layer.kind === 'dense' && hiddenUnits !== undefined ? { units: hiddenUnits } : {}),
      ...(activation !== undefined ? { activation } : {}),
    };
    return changed as LayerSpec;
  });
}

/** Each value by itself, before any trial: a wrong one is told by its place in the sweep. @throws InputError `invalid-sweep-spec` */
export function checkValues({ fields }: SweepSpec): void {
  for (const [index, each] of fields.entries()) {
    const given = each.kind === 'choice' ? each.values : [each.from, each.to];
    for (const [at, value] of given.entries()) {
      const problem = problemOf(each.field, value);
      if (problem === undefined) continue;
      const place = each.kind === 'choice' ? `fields.${index}.values.${at}` : `fields.${index}.${at === 0 ? 'from' : 'to'}`;
      throw new InputError('invalid-sweep-spec', `The sweep is not valid at "${place}" (${each.field}): ${problem}`, {
        advice: `Correct "${place}" and try again.`,
        place: { field: place },
      });
    }
  }
}

const mostUnits = 1 << 16;
const mostLayers = 16;

function problemOf(field: SweepFieldName, value: number | string): string | undefined {
  const whole = (most: number): string | undefined =>
    Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most
      ? undefined
      : `expected a whole number from 1 to ${most}; ${JSON.stringify(value)} was given.`;
  if (field === 'hiddenUnits') return whole(mostUnits);
  if (field === 'hiddenLayers') return whole(mostLayers);
  const layers = { dropout: [{ kind: 'dropout', rate: value }], activation: [{ kind: 'activation', activation: value }] };
  const spec =
    field === 'dropout' || field === 'activation'
      ? { layers: layers[field] }
      : field === 'clipNorm'
        ? { clip: { norm: value } }
        : { [field]: value };
  try {
    validate(TrainingSpec, { target: 'target', ...spec }, 'training-spec');
  } catch (thrown) {
    return (thrown as Error).message.replace(/^.*?": /, '');
  }
  return undefined;
}
