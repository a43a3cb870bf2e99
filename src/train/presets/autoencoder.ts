/**
 * The preset `autoencoder`: inputs are given back through a bottleneck (Hinton and Salakhutdinov, 2006), so that what the rows have in common is
 * learnt and what is odd about one is lost. The linear model beside it does so with one layer: its best is the projection on as many principal
 * components (Baldi and Hornik, 1989).
 */
import type { LayerSpec } from '../../spec/layer.js';
import { batchSizeFor, epochsFor, networkFor, patienceFor, type Recipe, type RecipeFacts } from '../recipe.js';

const enoughSteps = 6000;
const widestCode = 32;
const mostHidden = 256;

/** A third of the inputs: fewer than there are, and enough for what most tables have in common. */
export const codeUnits = ({ inputs }: Pick<RecipeFacts, 'inputs'>): number => Math.max(1, Math.min(widestCode, Math.floor(inputs / 3)));

export function autoencoderRecipe(facts: RecipeFacts): Recipe {
  const hidden = Math.max(8, Math.min(mostHidden, facts.inputs * 2));
  return {
    ...trainedAs(facts),
    preset: 'autoencoder',
    model: networkFor(facts, [dense(hidden, 'gelu'), dense(codeUnits(facts), 'linear'), dense(hidden, 'gelu')]),
  };
}

/** Of anomalies the preset `linear`. */
export const linearAutoencoderRecipe = (facts: RecipeFacts): Recipe => ({
  ...trainedAs(facts),
  preset: 'linear',
  model: networkFor(facts, [dense(codeUnits(facts), 'linear')]),
  learningRate: 0.01,
});

function trainedAs({ rows }: RecipeFacts): Omit<Recipe, 'preset' | 'model'> {
  const batchSize = batchSizeFor(rows);
  const epochs = epochsFor(rows, batchSize, enoughSteps);
  return { epochs, batchSize, learningRate: 0.003, schedule: 'cosine', weightDecay: 0.01, patience: patienceFor(epochs) };
}

const dense = (units: number, activation: 'gelu' | 'linear'): LayerSpec => ({ kind: 'dense', units, activation });
