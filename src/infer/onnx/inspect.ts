/** What an ONNX file is, by its own words: looked at within bounds, before anything of it is run. */
import type { Inspection, TensorSpec } from '../../spec/tensor-model.js';
import { Census, type Graph, readFunction, readGraph, readTraining } from './graph.js';
import { entryFields, modelFields, opsetFields } from './numbers.js';
import { damaged, nameIn, Reading, textIn, tooLarge } from './reading.js';

const mostEntries = 1_000;
const mostOperatorSets = 100;

export interface InspectedModel {
  inputs: TensorSpec[];
  outputs: TensorSpec[];
  inspection: Inspection;
}

/**
 * @param bytes of a ModelProto; views of them are not kept
 * @throws InputError `model-damaged` where it is none; `model-too-large`; `external-data` where its weights stand in other files
 */
export function inspectOnnx(bytes: Uint8Array): InspectedModel {
  const reading = new Reading();
  const census = new Census();
  const found: Inspection = {
    irVersion: 0,
    opsets: [],
    producer: { name: '', version: '' },
    domain: '',
    modelVersion: 0,
    description: '',
    graph: '',
    operators: [],
    nodes: 0,
    parameters: 0,
    parameterBytes: 0,
    metadata: [],
  };
  let graph: Graph | undefined;
  for (const { field, number, bytes: part } of reading.fields(bytes)) {
    if (number !== undefined) {
      if (field === modelFields.irVersion) found.irVersion = sayable(number);
      if (field === modelFields.modelVersion) found.modelVersion = sayable(number);
    } else if (!part) continue;
    else if (field === modelFields.producerName) found.producer.name = textIn(part);
    else if (field === modelFields.producerVersion) found.producer.version = textIn(part);
    else if (field === modelFields.domain) found.domain = textIn(part);
    else if (field === modelFields.description) found.description = textIn(part);
    else if (field === modelFields.opsets) found.opsets.push(opsetOf(part, reading));
    else if (field === modelFields.metadata) found.metadata.push(entryOf(part, reading));
    else if (field === modelFields.functions) reading.deeper(() => readFunction(part, reading, census));
    else if (field === modelFields.training) reading.deeper(() => readTraining(part, reading));
    else if (field === modelFields.graph) {
      // Another reader would join them: then what it runs is not what was looked at here.
      if (graph) throw damaged('it has two graphs');
      reading.deeper(() => {
        graph = readGraph(part, reading, census);
      });
    }
    if (found.metadata.length > mostEntries) throw tooLarge(`it has more than ${mostEntries} entries of metadata`);
    if (found.opsets.length > mostOperatorSets) throw tooLarge(`it names more than ${mostOperatorSets} sets of operators`);
  }
  if (!graph) throw damaged('it has no graph');
  requireDistinct(graph.inputs);
  requireDistinct(graph.outputs);
  if (graph.outputs.length === 0) throw damaged('its graph gives nothing');
  return {
    inputs: graph.inputs,
    outputs: graph.outputs,
    inspection: {
      ...found,
      graph: graph.name,
      operators: census.operators,
      nodes: census.nodes,
      parameters: census.parameters,
      parameterBytes: census.bytes,
    },
  };
}

/** What no number can hold is as good as not said; JSON has no word for it. */
const sayable = (version: number): number => (Number.isNaN(version) ? 0 : version);

function opsetOf(message: Uint8Array, reading: Reading): { domain: string; version: number } {
  const set = { domain: '', version: 0 };
  for (const { field, number, bytes } of reading.fields(message)) {
    if (field === opsetFields.domain && bytes) set.domain = nameIn(bytes);
    if (field === opsetFields.version && number !== undefined) set.version = sayable(number);
  }
  return set;
}

function entryOf(message: Uint8Array, reading: Reading): { key: string; value: string } {
  const entry = { key: '', value: '' };
  for (const { field, bytes } of reading.fields(message)) {
    if (field === entryFields.key && bytes) entry.key = textIn(bytes);
    if (field === entryFields.value && bytes) entry.value = textIn(bytes);
  }
  return entry;
}

function requireDistinct(values: readonly TensorSpec[]): void {
  const names = new Set<string>();
  for (const { name } of values) {
    if (names.has(name)) throw damaged(`two of its tensors are called "${name}"`);
    names.add(name);
  }
}
