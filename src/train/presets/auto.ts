/** Which recipes a spec asks for: the preset's own, and the linear one that is trained beside it. */
import { InputError } from '../../base/errors.js';
import { readGraph } from '../../compute/plan/graph.js';
import type { LayerSpec } from '../../spec/layer.js';
import type { ModelSpec } from '../../spec/model.js';
import { isTransfer, type Preset } from '../../spec/preset.js';
import { learnsNumbers } from '../../spec/task.js';
import type { TrainingSpec } from '../../spec/training.js';
import { networkFor, type Recipe, type RecipeFacts, withLoss, withWishes } from '../recipe.js';
import { autoencoderRecipe } from './autoencoder.js';
import { cnnRecipe } from './cnn.js';
import { requireRows } from './fitting.js';
import { gruRecipe } from './gru.js';
import { linearRecipe } from './linear.js';
import { mlpRecipe } from './mlp.js';
import { residualRecipe } from './residual.js';
import { resnetRecipe } from './resnet.js';
import { temporalCnnRecipe } from './temporal-cnn.js';
import { textCnnRecipe } from './text-cnn.js';
import { transferRecipe } from './transfer.js';
import { transformerRecipe } from './transformer.js';

export interface Recipes {
  main: Recipe;
  /** Left out where `main` is linear itself. */
  linear?: Recipe;
  /** True when the better of the two on validation rows becomes the model. */
  compete: boolean;
}

/**
 * @throws InputError `layer-shape`, `layer-name`, `preset-needs-pictures`, `preset-needs-columns`, `preset-needs-windows`, `preset-needs-texts`, `label-smoothing-needs-classes`
 * or `loss-needs-values`
 */
export function recipesFor(spec: TrainingSpec, facts: RecipeFacts): Recipes {
  requireFitting(spec, facts);
  // What competes is judged by one loss.
  const linear = withLoss(linearRecipe(facts), spec);
  if (spec.layers) {
    const base = isTransfer(spec) ? transferRecipe(facts) : { ...mlpRecipe(facts), preset: 'custom' };
    const custom = { ...base, model: ownNetwork(facts, spec.layers) };
    return { main: withWishes(custom, spec), linear, compete: false };
  }
  const preset = spec.preset ?? 'auto';
  if (preset === 'linear') return { main: withWishes(linear, spec), compete: false };
  requireRows(preset, facts);
  const main = withWishes(recipes[preset === 'auto' ? automatic(facts) : preset](facts), spec);
  if (preset !== 'auto') return { main, linear, compete: false };
  // What may become the model keeps to the epochs that were asked for.
  return { main, linear: { ...linear, epochs: Math.min(linear.epochs, spec.epochs ?? linear.epochs) }, compete: true };
}

/** Told before anything is measured, with the place in the spec: layers may have been put before those that were given. */
function ownNetwork(facts: RecipeFacts, layers: readonly LayerSpec[]): ModelSpec {
  const model = networkFor(facts, [...layers]);
  const { problem } = readGraph(model);
  if (!problem) return model;
  const { code, message, advice, place } = problem;
  const given = layers.indexOf(model.layers[Number(place.layer) - 1]);
  throw new InputError(code, message, { advice, cause: problem, place: given < 0 ? place : { ...place, field: `layers.${given}` } });
}

const recipes: Record<Exclude<Preset, 'auto'>, (facts: RecipeFacts) => Recipe> = {
  linear: linearRecipe,
  mlp: mlpRecipe,
  cnn: cnnRecipe,
  residual: residualRecipe,
  resnet: resnetRecipe,
  gru: gruRecipe,
  'temporal-cnn': temporalCnnRecipe,
  'text-cnn': textCnnRecipe,
  transformer: transformerRecipe,
  transfer: transferRecipe,
  autoencoder: autoencoderRecipe,
};

/** Of windows too: on fifteen years of daily values the networks for sequences were no better, and took eight times as long. */
function automatic({ task, shape }: RecipeFacts): 'autoencoder' | 'cnn' | 'mlp' {
  if (task === 'anomaly') return 'autoencoder';
  return shape ? 'cnn' : 'mlp';
}

function requireFitting({ labelSmoothing, loss }: TrainingSpec, { task }: RecipeFacts): void {
  if (labelSmoothing && task !== 'classification') {
    throw new InputError('label-smoothing-needs-classes', `Label smoothing is asked for, and the task is ${task}.`, {
      advice: 'Leave out "labelSmoothing", or choose the task classification.',
      place: { field: 'labelSmoothing' },
    });
  }
  if (loss !== undefined && !learnsNumbers(task)) {
    throw new InputError('loss-needs-values', `The loss "${loss}" is for values, and the task is ${task}.`, {
      advice: 'Leave out "loss", or choose the task regression.',
      place: { field: 'loss' },
    });
  }
}
