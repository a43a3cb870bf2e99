/** Tensors as a request has them: by Open Inference, as JSON or as bytes behind it; by TensorFlow Serving, row by row or as a whole. */
import { fits } from '../../infer/tensors/check.js';
import { dataOf, tensorOfJson, tensorsOfJson } from '../../infer/tensors/json.js';
import { elementsIn, type NamedTensor } from '../../infer/tensors/tensor.js';
import { shown } from '../../spec/expectation.js';
import type { ElementType, TensorSpec } from '../../spec/tensor-model.js';
import { tooManyRows } from '../problems.js';
import { bytesOf } from '../rows/cells.js';
import { checkNames, isFeatures, namesOf, wrongRequest } from '../rows/instances.js';
import { flatData, type Tensor, unknownTensor, withBytes, wrongTensor } from '../rows/tensors.js';
import { dataOfBytes, extentsOf, inferenceType } from './datatypes.js';

/**
 * @param binary what follows the JSON, in the order of the tensors that have a `binary_data_size`
 * @throws InputError naming the tensor, what was expected and what was given; what is missing is told when it is asked
 */
export function tensorsOfInfer(given: readonly Tensor[], binary: Uint8Array, inputs: readonly TensorSpec[]): NamedTensor[] {
  return [...withBytes(given, binary)].map(({ tensor, bytes }) => {
    const { name, shape, datatype } = tensor;
    const spec = inputs.find((input) => input.name === name);
    if (!spec) throw unknownTensor(name, inputs);
    if (datatype !== inferenceType(spec.type) || !fits(spec.shape, shape)) {
      const expected = `${inferenceType(spec.type)} ${extentsOf(spec) ? `[${extentsOf(spec)?.join(', ')}]` : 'of any shape'}`;
      const what = `${datatype.slice(0, 40)} [${shape.join(', ')}]`;
      throw wrongTensor('wrong-tensor', name, `Input "${name}" is ${what}; expected ${expected}.`);
    }
    const type = spec.type as ElementType;
    const count = elementsIn(shape);
    const data = bytes ? dataOfBytes(type, bytes, count, name) : dataOf(spec, type, flatData(tensor, count));
    return { name, type, shape, data };
  });
}

/**
 * Stacked along a first axis.
 * @param instances each an object by input, or, where there is one input only, its value
 * @throws InputError `wrong-request`, `unknown-feature` or `missing-feature`, naming the row; `wrong-input` naming the tensor
 */
export function tensorsOfInstances(instances: unknown, inputs: readonly TensorSpec[], mostRows: number): NamedTensor[] {
  if (!Array.isArray(instances)) throw wrongRequest(`"instances" is ${shown(instances, [])}, not a list.`);
  if (instances.length > mostRows) throw tooManyRows(instances.length, mostRows);
  const rows = instances.map((instance: unknown, index): Record<string, unknown> => {
    if (isFeatures(instance)) {
      checkNames(Object.keys(instance), inputs, index + 1);
      return instance;
    }
    if (inputs.length === 1) return { [inputs[0].name]: instance };
    throw wrongRequest(`Row ${index + 1} is ${shown(instance, [])}, not an object with ${namesOf(inputs)}.`, index + 1);
  });
  return inputs.map((spec) =>
    tensorOfJson(
      spec,
      rows.map((row) => withTexts(row[spec.name])),
    ),
  );
}

/** @param given by input, or, where there is one only, its value. @throws InputError `wrong-input` or `unknown-input` naming the tensor */
export function tensorsOfInputs(given: unknown, inputs: readonly TensorSpec[]): NamedTensor[] {
  const byName = isFeatures(given) || inputs.length !== 1 ? given : { [inputs[0].name]: given };
  return tensorsOfJson(
    inputs,
    isFeatures(byName) ? Object.fromEntries(Object.entries(byName).map(([name, value]) => [name, withTexts(value)])) : byName,
  );
}

/** `{"b64": …}` is a text in UTF-8. */
function withTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTexts);
  const bytes = bytesOf(value);
  return bytes ? new TextDecoder().decode(bytes) : value;
}
