/** The record of a packed model and its weights, held together: nothing that a file from outside says is taken for granted. */
import { outputWidth, type Parameter, parametersOf } from '../../compute/plan/parameters.js';
import { checkDerivation } from '../../data/derive.js';
import { widthOf } from '../../data/steps/apply.js';
import { targetKind } from '../../data/targets/table.js';
import type { Field } from '../../spec/field.js';
import type { FittedStep } from '../../spec/fitted-steps.js';
import type { FittedPipeline } from '../../spec/pipeline.js';
import { longestText } from '../../spec/pipeline-spec.js';
import { validate } from '../../spec/validate.js';
import { PackedModel } from '../export/packed-model.js';
import { modelDamaged, whyOf } from './damaged.js';

export interface Unpacked {
  record: PackedModel['record'];
  weights: Float32Array;
}

/** A tensor of a file, in our own order of axes; undefined where there is none of this name. */
export type ReadTensor = (name: string, parameter: Parameter) => Float32Array | undefined;

/** Longest description of a model, in characters. */
const mostCharacters = 2 ** 27;

/** @throws InputError `model-damaged` */
export function packedFrom(text: string): PackedModel {
  if (text.length > mostCharacters) throw modelDamaged('its description is too long');
  try {
    return validate(PackedModel, JSON.parse(text), 'model');
  } catch (cause) {
    throw modelDamaged(whyOf(cause, 'its description cannot be read'), cause);
  }
}

/**
 * @param room numbers that the file could hold: more than that is not asked memory for
 * @throws InputError `model-damaged`
 */
export function unpacked({ record, parameters }: PackedModel, room: number, read: ReadTensor): Unpacked {
  const wanted = parametersIn(record);
  const total = wanted.reduce((sum, { size }) => sum + size, 0);
  if (!(total <= room)) throw modelDamaged(`its network has ${total} numbers, and the file cannot hold so many`);
  if (wanted.length !== parameters.length) throw modelDamaged(`${parameters.length} tensors are named for ${wanted.length} parameters`);
  requireFitting(record);
  const weights = new Float32Array(total);
  wanted.forEach((parameter, index) => {
    const name = parameters[index];
    const values = read(name, parameter);
    if (values?.length !== parameter.size) throw modelDamaged(`the tensor "${name}" is not there with ${parameter.size} numbers`);
    if (!values.every(Number.isFinite)) throw modelDamaged(`the tensor "${name}" holds a number that is not finite`);
    weights.set(values, parameter.offset);
  });
  return { record, weights };
}

function parametersIn({ model }: Unpacked['record']): Parameter[] {
  try {
    return parametersOf(model);
  } catch (cause) {
    throw modelDamaged(whyOf(cause, 'its network cannot be'), cause);
  }
}

/** What the schema cannot say: columns, steps, network and target go together. */
function requireFitting({ pipeline, model, fields, target }: Unpacked['record']): void {
  const width = pipeline.steps.reduce((sum, step) => sum + widthOf(step), 0);
  if (width !== pipeline.inputs || width !== model.inputs) throw modelDamaged('its pipeline does not give what its network takes');
  const outputs = targetKind(pipeline.target).outputs(pipeline.target, pipeline.inputs);
  if (outputs !== outputWidth(model)) throw modelDamaged('its network does not answer what its target is');
  if (pipeline.target.column !== target) throw modelDamaged('its target has two names');
  if (pipeline.steps.length > 1 && pipeline.steps.some(({ kind }) => kind === 'picture'))
    throw modelDamaged('it mixes pictures with columns');
  const odd = pipeline.steps.find((step) => !isWhole(step));
  if (odd) throw modelDamaged(`the step of column "${odd.column}" contradicts itself`);
  requireColumns(pipeline, fields);
}

function isWhole(step: FittedStep): boolean {
  switch (step.kind) {
    case 'number':
    case 'ordinal':
      return step.scale !== 0;
    case 'date':
      return step.linear?.scale !== 0;
    case 'target': {
      const { prior, scale, means } = step.whole;
      return (
        prior.length === step.width &&
        scale.length === step.width &&
        means.length === step.categories.length * step.width &&
        !scale.includes(0)
      );
    }
    case 'words':
      return step.idf.length === step.terms.length && step.ngrams >= 1 && step.ngrams <= 3;
    case 'hashed-words':
      return Number.isInteger(step.features) && step.features >= 1 && step.ngrams >= 1 && step.ngrams <= 3;
    case 'tokens':
      return Number.isInteger(step.length) && step.length >= 1 && step.length <= longestText;
    case 'hashing':
      return Number.isInteger(step.features) && step.features >= 1;
    case 'category':
    case 'embedding':
      return true;
    case 'picture':
      return step.mean.length === step.size.channels && step.deviation.length === step.size.channels && !step.deviation.includes(0);
  }
}

/** Derived columns are computed from what there is, by expressions that can be read. */
function requireColumns({ derived, reads, windows }: FittedPipeline, fields: readonly Field[]): void {
  const names = new Set(fields.map(({ name }) => name));
  if (names.size !== fields.length || (!windows && reads.some((name) => !names.has(name))))
    throw modelDamaged('its columns are not those that it reads');
  for (const { name, expression, reads: from } of derived) {
    const known = from.map(({ column, type }): Field => ({ name: column, type, missing: 0, distinct: 0, reason: '' }));
    try {
      checkDerivation({ name, expression }, known);
    } catch (cause) {
      throw modelDamaged(`the derived column "${name}" cannot be computed`, cause);
    }
  }
}
