/** Everything that a training loop has to know, decided: plain data without an "auto" in it. */
import type { Sequence } from '../data/steps/sequence.js';
import type { LayerSpec } from '../spec/layer.js';
import type { ModelSpec } from '../spec/model.js';
import type { ClipSettings, OptimizerName, OptimizerSettings, ScheduleName, ScheduleSettings } from '../spec/optimisation.js';
import type { Task } from '../spec/task.js';
import type { TrainingSpec } from '../spec/training.js';
import { stepsPerEpoch } from './batches.js';
import { type CategoryInput, withEmbeddings } from './presets/embeddings.js';
import { fromNaive, type Season } from './presets/naive.js';
import type { TextInput, TextReading } from './presets/texts.js';
import { lossOf } from './tasks/table.js';

export interface Recipe {
  /** The name of the preset that decided it. */
  preset: string;
  model: ModelSpec;
  epochs: number;
  batchSize: number;
  learningRate: number;
  schedule: ScheduleName | ScheduleSettings;
  weightDecay: number;
  /** `adam` when left out. */
  optimizer?: OptimizerName | OptimizerSettings;
  l2?: number;
  clip?: ClipSettings;
  /** 0 when left out. */
  labelSmoothing?: number;
  /** Epochs without a better validation loss before it stops; 0 never stops early. */
  patience: number;
}

/** What a preset may look at. */
export interface RecipeFacts {
  task: Task;
  /** Length of one transformed example. */
  inputs: number;
  /** Of a picture: [height, width, channels]. */
  shape?: readonly [number, number, number];
  /** Inputs that are numbers of categories, 0 to vocabulary − 1, by their place. */
  indices?: readonly CategoryInput[];
  /** Inputs that are texts, as the numbers of their words, by the place of the first. */
  texts?: readonly TextInput[];
  /** Inputs that are words of texts, nearly all of them 0 in any row. */
  words?: number;
  /** The window of a time series, where the first inputs are one: they lie place by place, the oldest first. */
  sequence?: Sequence;
  /** Of a forecast whose window holds a whole season of the target: what is learnt is the change from the seasonal naive forecast. */
  season?: Season;
  /** The inputs are features of pictures, which an extractor has computed. */
  features?: boolean;
  /** Classes, or 1 for a value; of a forecast its horizon. */
  outputs: number;
  /** Rows that it will train on. */
  rows: number;
}

/**
 * The network's last layer and its loss, by the task. Pictures are flattened before the first dense layer, where nobody said so.
 * @param reading what reads the texts; left out, the mean of their words' vectors
 */
export function networkFor(facts: RecipeFacts, hidden: ModelSpec['layers'], reading?: TextReading): ModelSpec {
  const before = facts.shape ? flattened(hidden) : withEmbeddings(facts, hidden, reading);
  const last: LayerSpec = { kind: 'dense', units: facts.outputs, activation: 'linear' };
  return {
    inputs: facts.inputs,
    ...(facts.shape ? { shape: [...facts.shape] } : {}),
    layers: facts.season && facts.sequence ? fromNaive(facts.season, facts.sequence, [...before, last]) : [...before, last],
    loss: lossOf(facts.task),
  };
}

/** Those that `networkFor` was given, or a preset chose. */
export const hiddenOf = ({ layers }: ModelSpec): ModelSpec['layers'] =>
  layers.slice(
    0,
    layers.findLastIndex(({ kind }) => kind === 'dense'),
  );

const flattening: ReadonlySet<LayerSpec['kind']> = new Set(['flatten', 'globalAveragePool', 'globalMaxPool']);

function flattened(hidden: ModelSpec['layers']): ModelSpec['layers'] {
  // Whoever says what is read says where it becomes flat.
  if (hidden.some(({ kind, from }) => from !== undefined || flattening.has(kind))) return hidden;
  const dense = hidden.findIndex(({ kind }) => kind === 'dense');
  return hidden.toSpliced(dense < 0 ? hidden.length : dense, 0, { kind: 'flatten' });
}

/** A preset's recipe with the user's own wishes put in its place. */
export function withWishes(recipe: Recipe, spec: TrainingSpec): Recipe {
  return {
    ...withLoss(recipe, spec),
    epochs: spec.epochs ?? recipe.epochs,
    batchSize: spec.batchSize ?? recipe.batchSize,
    learningRate: spec.learningRate ?? recipe.learningRate,
    weightDecay: spec.weightDecay ?? recipe.weightDecay,
    patience: spec.patience ?? recipe.patience,
    schedule: spec.schedule ?? recipe.schedule,
    ...(spec.optimizer === undefined ? {} : { optimizer: spec.optimizer }),
    ...(spec.l2 === undefined ? {} : { l2: spec.l2 }),
    ...(spec.clip === undefined ? {} : { clip: spec.clip }),
    ...(spec.labelSmoothing === undefined ? {} : { labelSmoothing: spec.labelSmoothing }),
  };
}

export const withLoss = (recipe: Recipe, { loss }: TrainingSpec): Recipe =>
  loss === undefined ? recipe : { ...recipe, model: { ...recipe.model, loss } };

/** Small batches for small tables, whose steps are few; larger ones where devices have something to do at once. */
export const batchSizeFor = (rows: number): number => (rows < 5000 ? 32 : rows < 50_000 ? 128 : 512);

const fewestEpochs = 15;
/** From so many rows on, an epoch by itself has the steps that many had. */
const manyRows = 1_000_000;
const mostEpochs = 300;

/** Epochs that take about so many steps: it is steps, not epochs, that a network needs to learn. */
export function epochsFor(rows: number, batchSize: number, steps: number): number {
  const fewest = rows > manyRows ? Math.max(2, Math.round((fewestEpochs * manyRows) / rows)) : fewestEpochs;
  return Math.max(fewest, Math.min(mostEpochs, Math.round(steps / stepsPerEpoch(rows, batchSize))));
}

/** Long enough for the falling learning rate to find something better after a stretch without any. */
export const patienceFor = (epochs: number): number => Math.max(10, Math.round(epochs / 3));
