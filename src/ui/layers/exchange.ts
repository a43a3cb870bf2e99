/** Layers as text: a training spec that `train --spec` takes; read back from one, from a model spec, or from a bare list. */
import { InputError } from '../../base/errors.js';
import type { LayerSpec } from '../../spec/layer.js';
import { ModelSpec } from '../../spec/model.js';
import { TrainingSpec } from '../../spec/training.js';
import { validate } from '../../spec/validate.js';
import type { EditedLayer } from './edit-layers.js';

export interface EditedSpec {
  layers: readonly EditedLayer[];
  batchSize?: number;
}

const longest = 4 * 2 ** 20;

/** @param schema the address of the published schema, for editors of files */
export const textOf = (target: string, { layers, batchSize }: EditedSpec, schema: string): string =>
  `${JSON.stringify({ $schema: schema, target, layers, ...(batchSize === undefined ? {} : { batchSize }) }, null, 2)}\n`;

/**
 * @param name of the file, or what the text is, for messages
 * @throws InputError `file-too-large`, `invalid-json`, `invalid-training-spec` or `invalid-model-spec`, naming what was read and the path in it
 */
export function readSpecText(text: string, name: string): EditedSpec {
  const place = { file: name };
  if (text.length > longest)
    throw new InputError('file-too-large', `"${name}" is too large for layers.`, { advice: 'Choose another.', place });
  try {
    return specIn(JSON.parse(text));
  } catch (cause) {
    if (!(cause instanceof InputError)) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new InputError('invalid-json', `"${name}" is not JSON: ${reason}`, { advice: 'Mend the text and try again.', cause, place });
    }
    const { code, message, advice } = cause;
    throw new InputError(code, `"${name}": ${message}`, { advice, cause, place: { ...place, ...cause.place } });
  }
}

function specIn(value: unknown): EditedSpec {
  if (Array.isArray(value)) return specOf(validate(TrainingSpec, { target: '', layers: value }, 'training-spec'));
  const given = typeof value === 'object' && value !== null ? value : {};
  // The last layer of a whole model is the one that the task adds.
  if ('inputs' in given && 'loss' in given) return { layers: edited(validate(ModelSpec, given, 'model-spec').layers.slice(0, -1)) };
  if (!('layers' in given)) {
    throw new InputError('invalid-training-spec', 'It has no "layers".', { advice: 'Give a list of layers, or an object with "layers".' });
  }
  return specOf(validate(TrainingSpec, { target: '', ...given }, 'training-spec'));
}

const specOf = ({ layers = [], batchSize }: TrainingSpec): EditedSpec => ({
  layers: edited(layers),
  ...(batchSize === undefined ? {} : { batchSize }),
});

const edited = (layers: readonly LayerSpec[]): EditedLayer[] => layers.map((layer) => ({ ...layer }));
