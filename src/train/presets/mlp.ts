/** The preset `mlp`: a multilayer perceptron whose width, epochs and regularisation follow the data's size. */
import { networkFor, type Recipe, type RecipeFacts } from '../recipe.js';

export function mlpRecipe(facts: RecipeFacts): Recipe {
  return {
    preset: 'mlp',
    model: networkFor(facts, [
      { kind: 'dense', units: 64, activation: 'relu' },
      { kind: 'dropout', rate: 0.1 },
    ]),
    epochs: Math.max(10, Math.min(200, Math.round(150_000 / facts.rows))),
    batchSize: 32,
    learningRate: 0.003,
    schedule: 'cosine',
    weightDecay: 0.01,
    patience: 30,
  };
}
