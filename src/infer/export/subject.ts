/** What is exported: a saved model with its weights, and the run that made it where that is still kept. */
import { InputError } from '../../base/errors.js';
import { type Parameter, parametersOf } from '../../compute/plan/parameters.js';
import type { ModelSpec } from '../../spec/model.js';
import type { RunRecord } from '../../spec/run.js';
import type { ModelRecord } from '../../spec/trained.js';

export interface ExportSubject {
  record: ModelRecord;
  /** In the plan's order. */
  weights: Float32Array;
  run?: RunRecord | undefined;
}

export interface NamedWeights {
  parameter: Parameter;
  values: Float32Array;
}

/** Each parameter by itself, in the plan's order; views. */
export const namedWeights = (model: ModelSpec, weights: Float32Array): NamedWeights[] =>
  parametersOf(model).map((parameter) => ({ parameter, values: weights.subarray(parameter.offset, parameter.offset + parameter.size) }));

/** A layer that a format has no words for. @param why in a few words, where that is not plain from its kind */
export const layerNotExportable = (format: string, kind: string, index: number, why?: string): InputError =>
  new InputError(
    'layer-not-exportable',
    `Layer ${index + 1} ("${kind}") cannot be written as ${format}${why === undefined ? '' : `: ${why}`}.`,
    {
      advice: 'Export it as safetensors, which holds any model, or train a network without this layer.',
      place: { layer: index + 1, kind },
    },
  );
