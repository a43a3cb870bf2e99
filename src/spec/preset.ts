/** The names of presets, and which fit what there is to learn from. Apart from the schemas, so that the first screen does without the validator. */
import type { Task } from './task.js';

export const presets = ['auto', 'linear', 'mlp', 'cnn', 'residual', 'resnet', 'gru', 'temporal-cnn', 'transfer', 'autoencoder'] as const;
export type Preset = (typeof presets)[number];

/** They read a picture as a picture. */
const ofPictures: ReadonlySet<Preset> = new Set(['cnn', 'resnet', 'transfer']);
/** They read columns. A picture's pixels are columns only to a model that is a measure for others. */
const ofTables: ReadonlySet<Preset> = new Set(['residual']);

/** They read the window of a time series from its oldest row to its newest. */
const ofSeries: ReadonlySet<Preset> = new Set(['gru', 'temporal-cnn']);

/** They give their inputs back; all others but `autoencoder` answer about a target. */
const ofAnomalies: ReadonlySet<Preset> = new Set(['auto', 'linear', 'autoencoder']);

/** Whether a training's categories of many values become embeddings by themselves: so do those of a preset that was chosen with them. */
export const embedsCategories = ({ preset }: { preset?: Preset | undefined }): boolean => preset === 'residual';

/** Whether a training's pictures are read by a network that is there already, so that only what stands behind it is trained. */
export const isTransfer = ({ preset }: { preset?: Preset | undefined }): boolean => preset === 'transfer';

/** What is learnt from: pictures, or rows of a table; whether they have windows of a time series; and what is learnt. */
export interface LearntFrom {
  pictures: boolean;
  series?: boolean;
  /** Left out: whichever the preset is for. */
  task?: Task | undefined;
}

/** Whether a preset is for such rows, and for the task. */
export function presetFits(preset: Preset, { pictures, series, task }: LearntFrom): boolean {
  if ((pictures ? ofTables : ofPictures).has(preset)) return false;
  if (ofSeries.has(preset) && series !== true) return false;
  if (task === undefined) return true;
  return task === 'anomaly' ? ofAnomalies.has(preset) : preset !== 'autoencoder';
}

export const presetsFor = (of: LearntFrom): Preset[] => presets.filter((preset) => presetFits(preset, of));
