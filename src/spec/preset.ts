/** The names of presets, and which fit what there is to learn from. Apart from the schemas, so that the first screen does without the validator. */
export const presets = ['auto', 'linear', 'mlp', 'cnn', 'residual', 'resnet', 'gru', 'temporal-cnn', 'transfer'] as const;
export type Preset = (typeof presets)[number];

/** They read a picture as a picture. */
const ofPictures: ReadonlySet<Preset> = new Set(['cnn', 'resnet', 'transfer']);
/** They read columns. A picture's pixels are columns only to a model that is a measure for others. */
const ofTables: ReadonlySet<Preset> = new Set(['residual']);

/** They read the window of a time series from its oldest row to its newest. */
const ofSeries: ReadonlySet<Preset> = new Set(['gru', 'temporal-cnn']);

/** Whether a training's categories of many values become embeddings by themselves: so do those of a preset that was chosen with them. */
export const embedsCategories = ({ preset }: { preset?: Preset | undefined }): boolean => preset === 'residual';

/** Whether a training's pictures are read by a network that is there already, so that only what stands behind it is trained. */
export const isTransfer = ({ preset }: { preset?: Preset | undefined }): boolean => preset === 'transfer';

/** What rows are: pictures, or of a table; and whether they have windows of a time series. */
export interface RowsKind {
  pictures: boolean;
  series?: boolean;
}

/** Whether a preset is for such rows. */
export const presetFits = (preset: Preset, of: RowsKind): boolean =>
  !(of.pictures ? ofTables : ofPictures).has(preset) && (of.series === true || !ofSeries.has(preset));

export const presetsFor = (of: RowsKind): Preset[] => presets.filter((preset) => presetFits(preset, of));
