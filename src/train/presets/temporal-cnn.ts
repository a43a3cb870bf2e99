/**
 * The preset `temporal-cnn`: a temporal convolutional network after Bai, Kolter & Koltun (1803.01271, section 3): residual blocks of two causal
 * convolutions whose dilation doubles from block to block, until the newest place has seen the whole window.
 */
import type { LayerSpec } from '../../spec/layer.js';
import type { Recipe, RecipeFacts } from '../recipe.js';
import { sequenceRecipe } from './sequence.js';

const filters = 16;
const kernel = 3;
const dropout = 0.1;
const mostBlocks = 8;

export const temporalCnnRecipe = (facts: RecipeFacts): Recipe =>
  sequenceRecipe('temporal-cnn', facts, ({ length }) => {
    const layers: LayerSpec[] = [{ kind: 'conv1d', filters, kernel: 1, activation: 'linear', name: 'entry' }];
    let stream = 'entry';
    let seen = 1;
    for (let block = 1; block === 1 || (seen < length && block <= mostBlocks); block++) {
      const dilation = 2 ** (block - 1);
      layers.push(...residualBlock(`block${block}`, stream, dilation));
      stream = `block${block}`;
      seen += 2 * (kernel - 1) * dilation;
    }
    // The newest place alone has the whole window behind it.
    return [...layers, { kind: 'flatten' }, { kind: 'slice', first: (length - 1) * filters, count: filters }];
  });

function residualBlock(name: string, from: string, dilation: number): LayerSpec[] {
  const convolution = { kind: 'conv1d', filters, kernel, dilation, padding: 'causal', activation: 'relu' } as const;
  return [
    { ...convolution, from },
    { kind: 'dropout', rate: dropout },
    { ...convolution },
    { kind: 'dropout', rate: dropout, name: `${name}.change` },
    { kind: 'add', from: [from, `${name}.change`] },
    { kind: 'activation', activation: 'relu', name },
  ];
}
