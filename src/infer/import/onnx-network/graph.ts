/** The nodes of an ONNX graph with their settings, and its constants: as much as it takes to say it again in our own layers. */
import type { TensorSpec } from '../../../spec/tensor-model.js';
import { inspectOnnx } from '../../onnx/inspect.js';
import { attributeFields, graphFields, modelFields, nodeFields } from '../../onnx/numbers.js';
import { floatsIn, nameIn, Reading } from '../../onnx/reading.js';
import { type Constant, constantIn } from './constant.js';

export interface Setting {
  number?: number;
  numbers?: number[];
  text?: string;
  tensor?: Constant;
}

export interface OnnxNode {
  name: string;
  operator: string;
  domain: string;
  inputs: string[];
  outputs: string[];
  settings: ReadonlyMap<string, Setting>;
}

export interface ReadGraph {
  inputs: TensorSpec[];
  outputs: TensorSpec[];
  nodes: OnnxNode[];
  constants: ReadonlyMap<string, Constant>;
}

/** @throws InputError as `inspectOnnx` does */
export function readGraph(bytes: Uint8Array): ReadGraph {
  const { inputs, outputs } = inspectOnnx(bytes);
  const reading = new Reading();
  const nodes: OnnxNode[] = [];
  const constants = new Map<string, Constant>();
  for (const { field, bytes: part } of reading.fields(bytes)) {
    if (field !== modelFields.graph || !part) continue;
    for (const { field: own, bytes: message } of reading.fields(part)) {
      if (!message) continue;
      if (own === graphFields.nodes) nodes.push(nodeIn(message, reading));
      if (own !== graphFields.constants) continue;
      const constant = constantIn(message, reading);
      constants.set(constant.name, constant);
    }
  }
  return { inputs, outputs, nodes, constants };
}

function nodeIn(message: Uint8Array, reading: Reading): OnnxNode {
  const node = { name: '', operator: '', domain: '', inputs: [] as string[], outputs: [] as string[] };
  const settings = new Map<string, Setting>();
  for (const { field, bytes } of reading.fields(message)) {
    if (!bytes) continue;
    if (field === nodeFields.inputs) node.inputs.push(nameIn(bytes));
    else if (field === nodeFields.outputs) node.outputs.push(nameIn(bytes));
    else if (field === nodeFields.name) node.name = nameIn(bytes);
    else if (field === nodeFields.operator) node.operator = nameIn(bytes);
    else if (field === nodeFields.domain) node.domain = nameIn(bytes);
    else if (field === nodeFields.attributes) {
      const { name, setting } = settingIn(bytes, reading);
      settings.set(name, setting);
    }
  }
  return { ...node, name: node.name || node.outputs[0] || node.operator, settings };
}

function settingIn(message: Uint8Array, reading: Reading): { name: string; setting: Setting } {
  let name = '';
  const setting: Setting = {};
  const numbers: number[] = [];
  for (const part of reading.fields(message)) {
    const { field, number, bytes } = part;
    if (field === attributeFields.name && bytes) name = nameIn(bytes);
    else if (field === attributeFields.integer && number !== undefined) setting.number = number;
    else if (field === attributeFields.float && bytes) [setting.number] = floatsIn(bytes);
    else if (field === attributeFields.text && bytes) setting.text = nameIn(bytes);
    else if (field === attributeFields.tensor && bytes) setting.tensor = constantIn(bytes, reading);
    else if (field === attributeFields.integers) for (const integer of reading.integers(part)) numbers.push(integer);
    else if (field === attributeFields.floats && bytes) for (const float of floatsIn(bytes)) numbers.push(float);
  }
  return { name, setting: numbers.length > 0 ? { ...setting, numbers } : setting };
}
