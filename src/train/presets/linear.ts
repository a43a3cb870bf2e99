/** The preset `linear`: softmax regression or linear regression. Trained beside every other model, as its measure. */
import { networkFor, type Recipe, type RecipeFacts } from '../recipe.js';

export function linearRecipe(facts: RecipeFacts): Recipe {
  return {
    preset: 'linear',
    model: networkFor(facts, []),
    epochs: epochsFor(facts.rows),
    batchSize: 32,
    learningRate: 0.01,
    schedule: 'cosine',
    weightDecay: 0.01,
    patience: 0,
  };
}

const epochsFor = (rows: number): number => Math.max(5, Math.min(200, Math.round(60_000 / rows)));
