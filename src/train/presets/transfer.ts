/**
 * The preset `transfer`: what is trained behind an extractor. Its numbers were chosen by measurement on few digits a class, with features that
 * were learnt from clothes; `docs/results.md` shows what they reach.
 */
import { networkFor, patienceFor, type Recipe, type RecipeFacts } from '../recipe.js';

const enoughSteps = 1500;
const epochBounds = { least: 10, most: 100 };

/** Features are strong and rows are few: one layer, and most of what it could learn by heart taken from it. */
export function transferRecipe(facts: RecipeFacts): Recipe {
  const batchSize = facts.rows < 5000 ? 32 : 128;
  const epochs = Math.max(epochBounds.least, Math.min(epochBounds.most, Math.round(enoughSteps / Math.ceil(facts.rows / batchSize))));
  return {
    preset: 'transfer',
    model: networkFor(facts, [{ kind: 'dropout', rate: 0.2 }]),
    epochs,
    batchSize,
    learningRate: 0.003,
    schedule: 'cosine',
    weightDecay: 0.3,
    patience: patienceFor(epochs),
  };
}
