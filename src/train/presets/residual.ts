/**
 * The preset `residual`: a residual network for tables, after Gorishniy et al. (2106.11959, section 3.2). A block adds to what it is given:
 * normalisation, a wide dense layer with relu, dropout, a dense layer back, dropout. Nothing stands between the first layer and the last but sums.
 */
import type { LayerSpec } from '../../spec/layer.js';
import { learnsNumbers } from '../../spec/task.js';
import { batchSizeFor, epochsFor, networkFor, patienceFor, type Recipe, type RecipeFacts } from '../recipe.js';

const blocks = 2;
/** The layer inside a block is so many times as wide as what the blocks add to. */
const widening = 2;
/** Rows from which on wider blocks find something to learn. */
const widths = [
  { below: 2_000, width: 64 },
  { below: 50_000, width: 128 },
  { below: Number.POSITIVE_INFINITY, width: 192 },
];

const byTask = {
  classification: { dropout: 0.2, weightDecay: 0.2, enoughSteps: 2000 },
  regression: { dropout: 0.1, weightDecay: 0.1, enoughSteps: 4000 },
} as const;

export function residualRecipe(facts: RecipeFacts): Recipe {
  const { dropout, weightDecay, enoughSteps } = byTask[learnsNumbers(facts.task) ? 'regression' : 'classification'];
  const batchSize = batchSizeFor(facts.rows);
  const epochs = epochsFor(facts.rows, batchSize, enoughSteps);
  const width = widths.find(({ below }) => facts.rows < below)?.width ?? 64;
  return {
    preset: 'residual',
    model: networkFor(facts, residualLayers(width, dropout)),
    epochs,
    batchSize,
    learningRate: 0.002,
    schedule: 'cosine',
    weightDecay,
    patience: patienceFor(epochs),
  };
}

function residualLayers(width: number, rate: number): LayerSpec[] {
  const layers: LayerSpec[] = [{ kind: 'dense', name: 'entry', units: width, activation: 'linear' }];
  let stream = 'entry';
  for (let block = 1; block <= blocks; block++) {
    const sum = `block${block}`;
    layers.push(
      { kind: 'batchNormalization', from: stream },
      { kind: 'dense', units: widening * width, activation: 'relu' },
      { kind: 'dropout', rate },
      { kind: 'dense', units: width, activation: 'linear' },
      { kind: 'dropout', rate, name: `${sum}.change` },
      { kind: 'add', name: sum, from: [stream, `${sum}.change`] },
    );
    stream = sum;
  }
  return [...layers, { kind: 'batchNormalization' }, { kind: 'activation', activation: 'relu' }];
}
