/**
 * The preset `text-cnn`: convolutions over the words of a text, each as wide as a phrase, and of every filter the strongest answer anywhere (Kim,
 * 1408.5882, section 2); beside them the mean of the words, which says what the text is about as a whole. Its numbers were chosen by measurement; `docs/results.md` shows what they reach.
 *
 * Convolutions are causal: padding stands behind the last word, so that no word's answer sees any of it, and the pooling leaves out the places behind.
 */
import type { LayerSpec } from '../../spec/layer.js';
import type { Recipe, RecipeFacts } from '../recipe.js';
import { textRecipe } from './text-recipe.js';
import type { TextReading } from './texts.js';

const dimension = 64;
const filters = 48;
/** Words of a phrase. */
const kernels = [2, 3, 4];

export const textCnnRecipe = (facts: RecipeFacts): Recipe => textRecipe('text-cnn', facts, phrases);

const phrases: TextReading = ({ tokens, counts, vocabulary, called }) => [
  { kind: 'embedding', from: tokens, vocabulary, dimension },
  { kind: 'dropout', rate: 0.2, name: called('words') },
  ...kernels.flatMap((kernel): LayerSpec[] => [
    { kind: 'conv1d', from: called('words'), filters, kernel, padding: 'causal', activation: 'relu' },
    { kind: 'globalMaxPool', mask: counts, name: called(`phrases${kernel}`) },
  ]),
  { kind: 'globalAveragePool', from: called('words'), mask: counts, name: called('mean') },
  { kind: 'concatenate', from: [...kernels.map((kernel) => called(`phrases${kernel}`)), called('mean')] },
];
