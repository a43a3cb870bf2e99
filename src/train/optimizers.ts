/** The optimizers by name, with their usual constants, and what of a recipe a network is prepared with. */
import type { NetworkOptions, OptimizerSpec } from '../compute/engine.js';
import type { ClipSettings, OptimizerName, OptimizerSettings } from '../spec/optimisation.js';
import type { Recipe } from './recipe.js';

export interface Regularisation {
  /** Decoupled, for every optimizer. */
  weightDecay: number;
  l2?: number | undefined;
  clip?: ClipSettings | undefined;
}

/** Adam as in 1412.6980; RMSProp as PyTorch has it; gradient descent with the momentum that everybody uses. */
export function optimizerFor(asked: OptimizerName | OptimizerSettings, { weightDecay, l2 = 0, clip }: Regularisation): OptimizerSpec {
  const settings: OptimizerSettings = typeof asked === 'string' ? { kind: asked } : asked;
  const shared = { weightDecay, l2, ...(clip ? { clip } : {}) };
  switch (settings.kind) {
    case 'adam':
    case 'adamw': {
      const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = settings;
      return { kind: 'adam', beta1, beta2, epsilon, ...shared };
    }
    case 'sgd': {
      const { momentum = 0.9, nesterov = false } = settings;
      return { kind: 'sgd', momentum, nesterov, ...shared };
    }
    case 'rmsprop': {
      const { decay = 0.99, epsilon = 1e-8 } = settings;
      return { kind: 'rmsprop', decay, epsilon, ...shared };
    }
  }
}

export const optimizerOf = (recipe: Recipe): OptimizerSpec => optimizerFor(recipe.optimizer ?? 'adam', recipe);

/** How a network learns; how many rows it is given at once is for who gives them. */
export const learningOptions = (recipe: Recipe, seed: number): Pick<NetworkOptions, 'seed' | 'optimizer' | 'labelSmoothing'> => ({
  seed,
  optimizer: optimizerOf(recipe),
  ...(recipe.labelSmoothing ? { labelSmoothing: recipe.labelSmoothing } : {}),
});
