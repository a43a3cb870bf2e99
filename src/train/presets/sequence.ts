/**
 * What the presets for sequences share: the window is read as a sequence [length, channels], and what came of it stands beside all inputs as
 * they are before the last hidden layer, so that the calendar and the latest values are heard too.
 */
import type { Sequence } from '../../data/steps/sequence.js';
import { inputName, type LayerSpec } from '../../spec/layer.js';
import { batchSizeFor, epochsFor, networkFor, patienceFor, type Recipe, type RecipeFacts } from '../recipe.js';

/** @param reading layers from the sequence to something flat */
export function sequenceRecipe(preset: 'gru' | 'temporal-cnn', facts: RecipeFacts, reading: (sequence: Sequence) => LayerSpec[]): Recipe {
  const sequence = facts.sequence ?? { length: 1, channels: facts.inputs };
  const batchSize = batchSizeFor(facts.rows);
  const epochs = epochsFor(facts.rows, batchSize, enoughSteps);
  return {
    preset,
    model: networkFor(facts, beside(sequence, reading(sequence))),
    epochs,
    batchSize,
    learningRate: 0.003,
    schedule: 'cosine',
    weightDecay: 0.2,
    patience: patienceFor(epochs),
  };
}

/** As of `mlp`, measured on fifteen years of daily values: with half the steps, or without a last hidden layer, it was a tenth worse. */
const enoughSteps = 4000;
const units = 64;
const dropout = 0.1;
const readName = 'read';

function beside({ length, channels }: Sequence, reading: LayerSpec[]): LayerSpec[] {
  const last = reading[reading.length - 1];
  return [
    { kind: 'slice', from: inputName, first: 0, count: length * channels },
    { kind: 'reshape', shape: [length, channels] },
    ...reading.slice(0, -1),
    { ...last, name: readName },
    { kind: 'concatenate', from: [readName, inputName] },
    { kind: 'dense', units, activation: 'gelu' },
    { kind: 'dropout', rate: dropout },
  ];
}
