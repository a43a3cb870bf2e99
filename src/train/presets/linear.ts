/** The preset `linear`: softmax regression or linear regression. Trained beside every other model, as its measure. */
import { batchSizeFor, epochsFor, networkFor, patienceFor, type Recipe, type RecipeFacts } from '../recipe.js';

const enoughSteps = 3000;

export function linearRecipe(facts: RecipeFacts): Recipe {
  const batchSize = batchSizeFor(facts.rows);
  const epochs = epochsFor(facts.rows, batchSize, enoughSteps);
  return {
    preset: 'linear',
    model: networkFor(facts, []),
    epochs,
    batchSize,
    learningRate: facts.task === 'classification' ? 0.02 : 0.01,
    schedule: 'cosine',
    weightDecay: 0.01,
    patience: patienceFor(epochs),
  };
}
