/** Whether tensors are those that a model takes. */
import { InputError } from '../../base/errors.js';
import type { TensorSpec } from '../../spec/tensor-model.js';
import { arrayClass, canBeGiven, elementsIn, type NamedTensor } from './tensor.js';

/** As people write it: `float32 [batch, 3]`. */
export const shapeWords = ({ type, shape }: Pick<TensorSpec, 'type' | 'shape'>): string =>
  `${type}${shape === undefined ? ' of any shape' : ` [${shape.map((extent) => extent ?? '?').join(', ')}]`}`;

/** @throws InputError `missing-input`, `unknown-input` or `wrong-input`; `place` has the tensor, and what was expected and given in words */
export function checkTensors(inputs: readonly TensorSpec[], given: readonly NamedTensor[]): void {
  if (!Array.isArray(given)) throw notTensors();
  const names = new Set<string>();
  for (const tensor of given) {
    if (typeof tensor !== 'object' || tensor === null || typeof tensor.name !== 'string') throw notTensors();
    const spec = inputs.find(({ name }) => name === tensor.name);
    if (!spec) throw unknownInput(tensor.name, inputs);
    if (names.has(tensor.name)) throw unknownInput(tensor.name, inputs, `The input "${tensor.name}" is given twice.`);
    names.add(tensor.name);
    checkTensor(spec, tensor);
  }
  const missing = inputs.find(({ name }) => !names.has(name));
  if (!missing) return;
  throw new InputError('missing-input', `The input "${missing.name}" is missing: expected ${shapeWords(missing)}.`, {
    advice: 'Give a tensor for each input.',
    place: { tensor: missing.name, expected: shapeWords(missing), given: 'nothing' },
  });
}

function checkTensor(spec: TensorSpec, { type, shape, data }: NamedTensor): void {
  const isShape = Array.isArray(shape) && shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0);
  if (!isShape || !canBeGiven(type)) throw wrongInput(spec, `${String(type)} ${JSON.stringify(shape)}`);
  if (type !== spec.type || !fits(spec.shape, shape)) throw wrongInput(spec, shapeWords({ type, shape: [...shape] }));
  const elements = elementsIn(shape);
  const wanted = arrayClass(type);
  const isOfClass = wanted ? data instanceof wanted : Array.isArray(data) && data.every((text) => typeof text === 'string');
  if (!isOfClass)
    throw wrongInput(spec, 'values of another type', `${shapeWords({ type, shape: [...shape] })} as ${wanted?.name ?? 'texts'}`);
  if (data.length === elements) return;
  throw wrongInput(spec, `${data.length} values`, `${elements} values for ${shapeWords({ type, shape: [...shape] })}`);
}

/** An extent with a name may be any: programs give one name to what differs, so that equal names are left to the graph. */
export const fits = (expected: TensorSpec['shape'], given: readonly number[]): boolean =>
  expected === undefined ||
  (expected.length === given.length && expected.every((extent, axis) => typeof extent !== 'number' || extent === given[axis]));

/** @param given,expected in words */
export const wrongInput = (spec: TensorSpec, given: string, expected = shapeWords(spec)): InputError =>
  new InputError('wrong-input', `The input "${spec.name}" is wrong: expected ${expected}, but ${given} was given.`, {
    advice: 'Give the tensor in the type and shape that the model takes.',
    place: { tensor: spec.name, expected, given },
  });

export const unknownInput = (
  name: string,
  inputs: readonly TensorSpec[],
  message = `The model has no input "${name.slice(0, 100)}".`,
): InputError =>
  new InputError('unknown-input', message, {
    advice: `Its inputs are ${inputs.map((input) => `"${input.name}"`).join(', ') || 'none'}.`,
    place: { tensor: name },
  });

const notTensors = (): InputError =>
  new InputError('wrong-input', 'What was given is no list of tensors with names.', {
    advice: 'Give a list of {name, type, shape, data}.',
  });
