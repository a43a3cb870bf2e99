/** The layers with a name in the extractor that comes with Benchwright, from strokes to whole figures. */
export const builtinOutputs = ['strokes', 'corners', 'parts', 'shapes', 'figures'] as const;

/** The layer that served best with few pictures a class: docs/decisions/0067-transfer-learning.md. */
export const builtinOutput: (typeof builtinOutputs)[number] = 'shapes';
