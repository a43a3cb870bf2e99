/** The preset `linear`: softmax, logistic or linear regression, or principal components. Trained beside every other model, as its measure. */
import { learnsNumbers } from '../../spec/task.js';
import { batchSizeFor, epochsFor, networkFor, patienceFor, type Recipe, type RecipeFacts } from '../recipe.js';
import { linearAutoencoderRecipe } from './autoencoder.js';

const enoughSteps = 3000;

export function linearRecipe(facts: RecipeFacts): Recipe {
  if (facts.task === 'anomaly') return linearAutoencoderRecipe(facts);
  const batchSize = batchSizeFor(facts.rows);
  const epochs = epochsFor(facts.rows, batchSize, enoughSteps);
  return {
    preset: 'linear',
    model: networkFor(facts, []),
    epochs,
    batchSize,
    learningRate: learnsNumbers(facts.task) ? 0.01 : 0.02,
    schedule: 'cosine',
    weightDecay: 0.01,
    patience: patienceFor(epochs),
  };
}
