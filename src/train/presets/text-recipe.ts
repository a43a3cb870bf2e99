/**
 * What the presets for texts share: each text is read by itself, and what came of it stands beside all other inputs as they are, before a last hidden
 * layer; a text alone needs none. Their numbers were chosen by measurement on 4,000 reviews: slow steps and few of them, since words are soon learnt
 * by heart.
 */
import type { LayerSpec } from '../../spec/layer.js';
import { stepsPerEpoch } from '../batches.js';
import { networkFor, type Recipe, type RecipeFacts } from '../recipe.js';
import type { TextReading } from './texts.js';

const enoughSteps = 850;
const epochBounds = { least: 5, most: 60 };
const fewRows = 20_000;
const units = 64;
/** Of what was read in a text. */
const dropout = 0.5;
const hiddenDropout = 0.2;

/** @param reading layers from a text's words to something flat */
export function textRecipe(preset: 'text-cnn' | 'transformer', facts: RecipeFacts, reading: TextReading): Recipe {
  const batchSize = facts.rows < fewRows ? 32 : 128;
  const steps = Math.round(enoughSteps / stepsPerEpoch(facts.rows, batchSize));
  const epochs = Math.max(epochBounds.least, Math.min(epochBounds.most, steps));
  return {
    preset,
    model: networkFor(facts, hasOthers(facts) ? besideOthers : [], (text) => [...reading(text), { kind: 'dropout', rate: dropout }]),
    epochs,
    batchSize,
    learningRate: 0.001,
    schedule: 'cosine',
    weightDecay: 0.1,
    patience: Math.max(3, Math.round(epochs / 3)),
  };
}

const hasOthers = ({ inputs, texts = [] }: RecipeFacts): boolean =>
  texts.length > 1 || inputs > texts.reduce((sum, { length }) => sum + length, 0);

const besideOthers: LayerSpec[] = [
  { kind: 'dense', units, activation: 'gelu' },
  { kind: 'dropout', rate: hiddenDropout },
];
