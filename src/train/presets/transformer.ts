/**
 * The preset `transformer`: words with their places go through blocks of self-attention and dense layers (Vaswani et al., 1706.03762, section 3.1), each
 * normalised before it (Xiong et al., 2002.04745), and the mean over the words is what was read. Its numbers were chosen by measurement;
 * `docs/results.md` shows what they reach.
 *
 * Attention and the mean leave out the places behind the last word, and nothing else looks from one place at another.
 */
import type { LayerSpec } from '../../spec/layer.js';
import type { Recipe, RecipeFacts } from '../recipe.js';
import { textRecipe } from './text-recipe.js';
import type { TextReading } from './texts.js';

const dimension = 32;
const heads = 2;
const blocks = 1;
const widening = 2;
const dropout = { words: 0.5, changes: 0.2 };

export const transformerRecipe = (facts: RecipeFacts): Recipe => textRecipe('transformer', facts, attentive);

const attentive: TextReading = ({ tokens, counts, vocabulary, called }) => {
  const layers: LayerSpec[] = [
    { kind: 'embedding', from: tokens, vocabulary, dimension },
    { kind: 'positionalEmbedding' },
    { kind: 'dropout', rate: dropout.words, name: called('words') },
  ];
  let stream = called('words');
  const added = (name: string, change: LayerSpec[]): void => {
    layers.push({ kind: 'layerNormalization', from: stream }, ...change, {
      kind: 'dropout',
      rate: dropout.changes,
      name: `${name}.change`,
    });
    layers.push({ kind: 'add', from: [stream, `${name}.change`], name });
    stream = name;
  };
  for (let block = 1; block <= blocks; block++) {
    added(called(`block${block}.seen`), [{ kind: 'multiHeadAttention', heads, mask: counts }]);
    added(called(`block${block}`), [
      { kind: 'dense', units: widening * dimension, activation: 'gelu' },
      { kind: 'dense', units: dimension, activation: 'linear' },
    ]);
  }
  // Not normalised at its end: a word that says nothing stays small in the mean.
  return [...layers, { kind: 'globalAveragePool', mask: counts }];
};
