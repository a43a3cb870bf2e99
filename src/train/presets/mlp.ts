/**
 * The preset `mlp`: a multilayer perceptron. Its numbers were chosen by measurement, on figures of eight
 * real tables over several seeds and splits; `docs/results.md` shows what they reach.
 */
import type { ModelSpec } from '../../spec/model.js';
import { learnsNumbers } from '../../spec/task.js';
import { batchSizeFor, epochsFor, networkFor, patienceFor, type Recipe, type RecipeFacts } from '../recipe.js';

/**
 * Classes are mostly noisy and few rows tell them, so that strong regularisation pays; values follow smooth functions that
 * take longer to fit and suffer from it.
 */
const byTask = {
  classification: { dropout: 0.2, weightDecay: 0.5, enoughSteps: 2000 },
  regression: { dropout: 0.1, weightDecay: 0.2, enoughSteps: 4000 },
} as const;

export function mlpRecipe(facts: RecipeFacts): Recipe {
  const { dropout, weightDecay, enoughSteps } = byTask[learnsNumbers(facts.task) ? 'regression' : 'classification'];
  const batchSize = batchSizeFor(facts.rows);
  const epochs = epochsFor(facts.rows, batchSize, enoughSteps);
  return {
    preset: 'mlp',
    model: networkFor(facts, isMostlyWords(facts) ? hidden(32, 0.3) : [...hidden(128, dropout), ...hidden(64, dropout)]),
    epochs,
    batchSize,
    learningRate: 0.003,
    schedule: 'cosine',
    weightDecay,
    patience: patienceFor(epochs),
  };
}

/** Thousands of words are nearly told apart by a linear model: one narrow layer was better than two wide ones, and several times as fast. */
const isMostlyWords = ({ words = 0, inputs }: RecipeFacts): boolean => words > inputs / 2;

/** gelu: on small tables its smoothness was worth more than relu's speed. */
const hidden = (units: number, rate: number): ModelSpec['layers'] => [
  { kind: 'dense', units, activation: 'gelu' },
  { kind: 'dropout', rate },
];
