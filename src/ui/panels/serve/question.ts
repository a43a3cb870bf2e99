/** What a model is asked in a try, as each protocol writes it: a row of a form, a picture, or tensors. */
import type { AnyModelRecord, RawRow } from '../../../infer/models.js';
import { inferenceType } from '../../../serve/tensors/datatypes.js';
import type { TensorSpec } from '../../../spec/tensor-model.js';
import type { ServedProtocol, Target } from '../../serving/address.js';
import { bodyOf, pictureBody } from '../../serving/bodies.js';
import { type Snippet, snippetsOf } from '../../serving/snippets.js';
import { tensorSnippetsOf } from '../../serving/tensor-snippets.js';
import { example, exampleExtents, isTooLarge, zeroOf } from '../tensors/example.js';

export type Bodies = Record<ServedProtocol, unknown>;

/** What was filled in; `picture` is a file in base64. */
export interface Given {
  row?: RawRow;
  picture?: string;
}

/** Undefined until enough is filled in. */
export function bodiesOf(model: AnyModelRecord, { row, picture }: Given): Bodies | undefined {
  if (model.kind === 'tensor-model') return tensorBodies(model.inputs);
  const { fields } = model;
  const each = (body: (protocol: ServedProtocol) => unknown): Bodies => ({ tensorflow: body('tensorflow'), inference: body('inference') });
  if (picture !== undefined) return each((protocol) => pictureBody(protocol, fields[0], picture));
  return row && each((protocol) => bodyOf(protocol, fields, row));
}

/** Zeros to begin with; undefined where they would be too many to show. */
function tensorBodies(inputs: readonly TensorSpec[]): Bodies | undefined {
  if (inputs.some(isTooLarge)) return undefined;
  const tensors = inputs.map((spec) => ({
    name: spec.name,
    shape: exampleExtents(spec),
    datatype: inferenceType(spec.type),
    data: [example(spec)].flat(),
  }));
  return { tensorflow: { inputs: Object.fromEntries(inputs.map((spec) => [spec.name, example(spec)])) }, inference: { inputs: tensors } };
}

/** The question as code to copy; none until enough is filled in. */
export function snippetsFor(model: AnyModelRecord, bodies: Bodies | undefined, name: string, target: Target): Snippet[] {
  if (model.kind === 'tensor-model') {
    const tensors = model.inputs.map((spec) => ({
      name: spec.name,
      shape: exampleExtents(spec),
      datatype: inferenceType(spec.type),
      zero: zeroOf(spec),
      nested: example(spec),
    }));
    return tensorSnippetsOf(name, target, tensors);
  }
  if (!bodies) return [];
  return snippetsOf({
    name,
    target,
    bodies: { tensorflow: JSON.stringify(bodies.tensorflow), inference: JSON.stringify(bodies.inference) },
  });
}

/** What a question has to have, as a key: a question to one model is one to every other with the same. */
export const takenBy = (model: AnyModelRecord): string =>
  JSON.stringify(model.kind === 'model' ? model.fields.map(({ name, type }) => [name, type]) : model.inputs);
