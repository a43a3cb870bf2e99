/** The weights of a network: which there are, their shapes, and where each stands among all of them. */
import type { Activation, ModelSpec } from '../../spec/model.js';

export interface Parameter {
  /** Layer index and role, for messages and tests. */
  name: string;
  role: 'weights' | 'bias';
  /** Dense weights are [inputs, units], row-major; a bias is [units]. */
  shape: number[];
  size: number;
  /** Of the first number, counted in numbers, in what `Network.weights()` answers. */
  offset: number;
  /** Whether weight decay applies. Biases are never decayed. */
  decayed: boolean;
  /** Of the layer it belongs to; decides how weights begin. */
  activation: Activation;
}

/** Every parameter of the model, from input to output, without gaps. */
export function parametersOf(model: ModelSpec): Parameter[] {
  const parameters: Parameter[] = [];
  let width = model.inputs;
  let offset = 0;
  const add = (index: number, role: Parameter['role'], shape: number[], activation: Activation): void => {
    const size = shape.reduce((product, extent) => product * extent, 1);
    parameters.push({ name: `${index}.${role}`, role, shape, size, offset, decayed: role === 'weights', activation });
    offset += size;
  };
  model.layers.forEach((layer, index) => {
    if (layer.kind !== 'dense') return;
    add(index, 'weights', [width, layer.units], layer.activation);
    add(index, 'bias', [layer.units], layer.activation);
    width = layer.units;
  });
  return parameters;
}

/** The length of a row of outputs. */
export function outputWidth(model: ModelSpec): number {
  return model.layers.reduce((width, layer) => (layer.kind === 'dense' ? layer.units : width), model.inputs);
}

/** How many numbers a network learns. */
export function parameterCount(model: ModelSpec): number {
  return parametersOf(model).reduce((sum, parameter) => sum + parameter.size, 0);
}
