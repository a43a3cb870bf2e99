/** A graph and those within it: what its nodes compute, how many there are, and what stands in it as constants. */
import type { TensorSpec } from '../../spec/tensor-model.js';
import { attributeFields, functionFields, graphFields, nodeFields, trainingFields } from './numbers.js';
import { nameIn, type Reading, textIn, tooLarge } from './reading.js';
import { sizeOfSparse, sizeOfTensor, type TensorSize } from './tensor.js';
import { valueIn } from './value.js';

const mostNodes = 500_000;
/** Kinds of them: ONNX has about 200. */
const mostOperators = 5_000;
/** Inputs, outputs. */
const mostValues = 10_000;

/** What is counted over all graphs of a file. */
export class Census {
  nodes = 0;
  parameters = 0;
  bytes = 0;
  readonly #operators = new Map<string, { domain: string; name: string; count: number }>();

  node(domain: string, name: string): void {
    if (++this.nodes > mostNodes) throw tooLarge(`it has more than ${mostNodes} nodes`);
    const key = `${domain}\n${name}`;
    const known = this.#operators.get(key);
    if (known) known.count += 1;
    else if (this.#operators.size >= mostOperators) throw tooLarge(`it has more than ${mostOperators} kinds of operators`);
    else this.#operators.set(key, { domain, name, count: 1 });
  }

  tensor({ elements, bytes }: TensorSize): void {
    this.parameters += elements;
    this.bytes += bytes;
  }

  get operators(): { domain: string; name: string; count: number }[] {
    return [...this.#operators.values()].sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1));
  }
}

export interface Graph {
  name: string;
  /** Those that a caller has to give: what has a value in the file is none. */
  inputs: TensorSpec[];
  outputs: TensorSpec[];
}

/** @throws InputError `model-damaged`, `model-too-large` or `external-data` */
export function readGraph(message: Uint8Array, reading: Reading, census: Census): Graph {
  const graph: Graph = { name: '', inputs: [], outputs: [] };
  const constants = new Set<string>();
  const constant = (size: TensorSize): void => {
    census.tensor(size);
    constants.add(size.name);
  };
  for (const { field, bytes } of reading.fields(message)) {
    if (!bytes) continue;
    if (field === graphFields.name) graph.name = textIn(bytes);
    else if (field === graphFields.nodes) readNode(bytes, reading, census);
    else if (field === graphFields.constants) constant(sizeOfTensor(bytes, reading));
    else if (field === graphFields.sparse) constant(sizeOfSparse(bytes, reading));
    else if (field === graphFields.inputs) graph.inputs.push(valueIn(bytes, reading));
    else if (field === graphFields.outputs) graph.outputs.push(valueIn(bytes, reading));
    if (graph.inputs.length + graph.outputs.length > mostValues) throw tooLarge(`it has more than ${mostValues} inputs and outputs`);
  }
  return { ...graph, inputs: graph.inputs.filter(({ name }) => !constants.has(name)) };
}

/** @throws as `readGraph` does */
export function readFunction(message: Uint8Array, reading: Reading, census: Census): void {
  for (const { field, bytes } of reading.fields(message)) {
    if (field === functionFields.nodes && bytes) readNode(bytes, reading, census);
    if (field === functionFields.defaults && bytes) readAttribute(bytes, reading, census);
  }
}

/** Graphs that train are not run here, and so not counted; what they hold is bounded as all else. @throws as `readGraph` does */
export function readTraining(message: Uint8Array, reading: Reading): void {
  for (const { field, bytes } of reading.fields(message)) {
    if ((field === trainingFields.initialization || field === trainingFields.algorithm) && bytes) readGraph(bytes, reading, new Census());
  }
}

function readNode(message: Uint8Array, reading: Reading, census: Census): void {
  let [domain, name] = ['', ''];
  for (const { field, bytes } of reading.fields(message)) {
    if (!bytes) continue;
    if (field === nodeFields.operator) name = nameIn(bytes);
    else if (field === nodeFields.domain) domain = nameIn(bytes);
    else if (field === nodeFields.attributes) readAttribute(bytes, reading, census);
  }
  census.node(domain, name);
}

function readAttribute(message: Uint8Array, reading: Reading, census: Census): void {
  for (const { field, bytes } of reading.fields(message)) {
    if (!bytes) continue;
    if (field === attributeFields.tensor || field === attributeFields.tensors) census.tensor(sizeOfTensor(bytes, reading));
    else if (field === attributeFields.sparse || field === attributeFields.sparses) census.tensor(sizeOfSparse(bytes, reading));
    else if (field === attributeFields.graph || field === attributeFields.graphs)
      reading.deeper(() => void readGraph(bytes, reading, census));
  }
}
