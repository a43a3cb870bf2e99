/** The names of presets. Apart from the schemas, so that the first screen does without the validator. */
export const presets = ['auto', 'linear', 'mlp', 'cnn'] as const;
export type Preset = (typeof presets)[number];
