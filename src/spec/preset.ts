/** The names of presets, and which fit what there is to learn from. Apart from the schemas, so that the first screen does without the validator. */
export const presets = ['auto', 'linear', 'mlp', 'cnn', 'residual', 'resnet'] as const;
export type Preset = (typeof presets)[number];

/** They read a picture as a picture. */
const ofPictures: ReadonlySet<Preset> = new Set(['cnn', 'resnet']);
/** They read columns. A picture's pixels are columns only to a model that is a measure for others. */
const ofTables: ReadonlySet<Preset> = new Set(['residual']);

/** Whether a training's categories of many values become embeddings by themselves: they do where its network was chosen with them. */
export const embedsCategories = ({ preset, layers }: { preset?: Preset | undefined; layers?: unknown }): boolean =>
  preset === 'residual' && layers === undefined;

/** Whether a preset is for rows of a table, or for rows that are pictures. */
export const presetFits = (preset: Preset, of: { pictures: boolean }): boolean => !(of.pictures ? ofTables : ofPictures).has(preset);

export const presetsFor = (of: { pictures: boolean }): Preset[] => presets.filter((preset) => presetFits(preset, of));
