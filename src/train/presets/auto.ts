/** Which recipes a spec asks for: the preset's own, and the linear one that is trained beside it. */
import { InputError } from '../../base/errors.js';
import type { TrainingSpec } from '../../spec/training.js';
import { networkFor, type Recipe, type RecipeFacts, withLoss, withWishes } from '../recipe.js';
import { cnnRecipe } from './cnn.js';
import { linearRecipe } from './linear.js';
import { mlpRecipe } from './mlp.js';

export interface Recipes {
  main: Recipe;
  /** Left out where `main` is linear itself. */
  linear?: Recipe;
  /** True when the better of the two on validation rows becomes the model. */
  compete: boolean;
}

/** @throws InputError `preset-needs-pictures`, `label-smoothing-needs-classes` or `loss-needs-values` */
export function recipesFor(spec: TrainingSpec, facts: RecipeFacts): Recipes {
  requireFitting(spec, facts);
  // What competes is judged by one loss.
  const linear = withLoss(linearRecipe(facts), spec);
  if (spec.layers) {
    const custom = { ...mlpRecipe(facts), preset: 'custom', model: networkFor(facts, spec.layers) };
    return { main: withWishes(custom, spec), linear, compete: false };
  }
  const preset = spec.preset ?? 'auto';
  if (preset === 'linear') return { main: withWishes(linear, spec), compete: false };
  if (preset === 'cnn' && !facts.shape) {
    throw new InputError('preset-needs-pictures', 'The preset "cnn" is for pictures, and these rows have none.', {
      advice: 'Choose the preset mlp, or auto.',
      place: { field: 'preset' },
    });
  }
  const isConvolutional = preset === 'cnn' || (preset === 'auto' && facts.shape !== undefined);
  const main = withWishes(isConvolutional ? cnnRecipe(facts) : mlpRecipe(facts), spec);
  if (preset !== 'auto') return { main, linear, compete: false };
  // What may become the model keeps to the epochs that were asked for.
  return { main, linear: { ...linear, epochs: Math.min(linear.epochs, spec.epochs ?? linear.epochs) }, compete: true };
}

function requireFitting({ labelSmoothing, loss }: TrainingSpec, { task }: RecipeFacts): void {
  if (labelSmoothing && task !== 'classification') {
    throw new InputError('label-smoothing-needs-classes', 'Label smoothing is asked for, and the target is a value.', {
      advice: 'Leave out "labelSmoothing", or choose the task classification.',
      place: { field: 'labelSmoothing' },
    });
  }
  if (loss !== undefined && task === 'classification') {
    throw new InputError('loss-needs-values', `The loss "${loss}" is for values, and the target is a class.`, {
      advice: 'Leave out "loss", or choose the task regression.',
      place: { field: 'loss' },
    });
  }
}
