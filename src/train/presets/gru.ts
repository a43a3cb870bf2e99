/** The preset `gru`: gated recurrent units read a window from its oldest row to its newest (Cho et al., 1406.1078). */
import type { Recipe, RecipeFacts } from '../recipe.js';
import { sequenceRecipe } from './sequence.js';

const units = 32;
const dropout = 0.1;

export const gruRecipe = (facts: RecipeFacts): Recipe =>
  sequenceRecipe('gru', facts, () => [
    { kind: 'gru', units },
    { kind: 'dropout', rate: dropout },
  ]);
