/** The names of presets, and which fit what there is to learn from. Apart from the schemas, so that the first screen does without the validator. */
import type { FieldType } from './field-type.js';
import type { Task } from './task.js';

export const presets = [
  'auto',
  'linear',
  'mlp',
  'cnn',
  'residual',
  'resnet',
  'gru',
  'temporal-cnn',
  'text-cnn',
  'transformer',
  'transfer',
  'autoencoder',
] as const;
export type Preset = (typeof presets)[number];

/** They read a picture as a picture. */
const ofPictures: ReadonlySet<Preset> = new Set(['cnn', 'resnet', 'transfer']);
/** They read the words of a text in their order. */
const ofTexts: ReadonlySet<Preset> = new Set(['text-cnn', 'transformer']);
/** They read columns. A picture's pixels are columns only to a model that is a measure for others. */
const ofTables: ReadonlySet<Preset> = new Set(['residual', ...ofTexts]);

/** They read the window of a time series from its oldest row to its newest. */
const ofSeries: ReadonlySet<Preset> = new Set(['gru', 'temporal-cnn']);

/** They give their inputs back; all others but `autoencoder` answer about a target. */
const ofAnomalies: ReadonlySet<Preset> = new Set(['auto', 'linear', 'autoencoder']);

/** What becomes of columns of which nothing is asked, by the preset that was chosen. */
export interface ColumnWishes {
  /** Categories of many values become embeddings. */
  embeds: boolean;
  /** Texts become the numbers of their words. */
  tokens: boolean;
}

export const columnWishes = ({ preset }: { preset?: Preset | undefined }): ColumnWishes => ({
  embeds: preset === 'residual',
  tokens: preset !== undefined && ofTexts.has(preset),
});

/** Whether a training's pictures are read by a network that is there already, so that only what stands behind it is trained. */
export const isTransfer = ({ preset }: { preset?: Preset | undefined }): boolean => preset === 'transfer';

/** What is learnt from: pictures, or rows of a table; whether they have windows of a time series, or texts; and what is learnt. */
export interface LearntFrom {
  pictures: boolean;
  series?: boolean;
  texts?: boolean;
  /** Left out: whichever the preset is for. */
  task?: Task | undefined;
}

/** Whether a table has texts to learn from. */
export const hasTexts = (fields: readonly { name: string; type: FieldType }[], target: string): boolean =>
  fields.some(({ name, type }) => type === 'text' && name !== target);

/** Whether a preset is for such rows, and for the task. */
export function presetFits(preset: Preset, { pictures, series, texts, task }: LearntFrom): boolean {
  if ((pictures ? ofTables : ofPictures).has(preset)) return false;
  if (ofSeries.has(preset) && series !== true) return false;
  if (ofTexts.has(preset) && (texts !== true || task === 'forecast')) return false;
  if (task === undefined) return true;
  return task === 'anomaly' ? ofAnomalies.has(preset) : preset !== 'autoencoder';
}

export const presetsFor = (of: LearntFrom): Preset[] => presets.filter((preset) => presetFits(preset, of));
