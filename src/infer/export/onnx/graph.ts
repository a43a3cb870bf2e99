/** An ONNX graph as it is built: inputs, constants and nodes by name, and the file at the end. */
import { version } from '../../../base/version.js';
import { ProtobufWriter } from '../../protobuf.js';
import { type ElementType, elementTypes, type Tensor, tensorProto } from './tensor.js';

/** Runs in onnxruntime 1.12 and newer, and whatever else reads files of 2022. */
const opset = 17;
const irVersion = 8;
const domains = { 'ai.onnx.ml': 3, 'com.microsoft': 1 } as const;
export type Domain = keyof typeof domains;

/** The name of a value in the graph. */
export type Value = string;
/** An extent, or the number of rows, which every run decides anew. */
export type Dimension = number | 'N';

export interface Port {
  name: string;
  type: ElementType;
  dims: readonly Dimension[];
}

export type Attribute =
  | { int: number }
  | { float: number }
  | { text: string }
  | { ints: readonly number[] }
  | { floats: readonly number[] }
  | { texts: readonly string[] }
  | { tensor: Tensor };

interface Node {
  operator: string;
  domain?: Domain | undefined;
  inputs: readonly Value[];
  output: Value;
  /** Of the output among the node's. */
  place: number;
  attributes: readonly (readonly [name: string, Attribute])[];
}

export class OnnxGraph {
  readonly inputs: Port[] = [];
  readonly outputs: Port[] = [];
  readonly #constants = new Map<Value, Tensor>();
  #nodes: Node[] = [];
  readonly #taken: Set<string>;

  /** @param reserved names that inputs will have: columns are called as they are */
  constructor(reserved: Iterable<string> = []) {
    this.#taken = new Set(reserved);
  }

  /** One with this name that is there already is answered again. */
  input(name: string, type: ElementType, dims: readonly Dimension[]): Value {
    if (!this.inputs.some((port) => port.name === name)) this.inputs.push({ name, type, dims });
    this.#taken.add(name);
    return name;
  }

  constant(hint: string, tensor: Tensor): Value {
    const name = this.#free(hint);
    this.#constants.set(name, tensor);
    return name;
  }

  node(
    operator: string,
    inputs: readonly Value[],
    attributes: readonly (readonly [name: string, Attribute])[] = [],
    domain?: Domain,
  ): Value {
    return this.#push(operator, inputs, attributes, domain, 0);
  }

  /** Of a node with several outputs the one at a place; the others are not asked for. */
  nodeOutput(place: number, operator: string, inputs: readonly Value[], attributes: Node['attributes']): Value {
    return this.#push(operator, inputs, attributes, undefined, place);
  }

  #push(operator: string, inputs: readonly Value[], attributes: Node['attributes'], domain: Domain | undefined, place: number): Value {
    const output = this.#free(`${operator}_${this.#nodes.length}`);
    this.#nodes.push({ operator, domain, inputs, output, place, attributes });
    return output;
  }

  /** Two that undo each other are none. */
  transpose(value: Value, order: readonly number[]): Value {
    const before = this.#nodes.find(({ output, operator }) => output === value && operator === 'Transpose');
    const [, earlier] = before?.attributes[0] ?? [];
    if (before && earlier && 'ints' in earlier && order.every((axis, index) => earlier.ints[axis] === index)) return before.inputs[0];
    return this.node('Transpose', [value], [['perm', { ints: order }]]);
  }

  cast(value: Value, type: ElementType): Value {
    return this.node('Cast', [value], [['to', { int: elementTypes[type] }]]);
  }

  /** Answers the name that it has: where a column is called so, with a number behind. */
  output(wanted: string, value: Value, type: ElementType, dims: readonly Dimension[]): string {
    const name = this.#free(wanted);
    this.#nodes.push({ operator: 'Identity', inputs: [value], output: name, place: 0, attributes: [] });
    this.outputs.push({ name, type, dims });
    return name;
  }

  /** Whether an operator of onnxruntime's own is in it. */
  get needsOnnxruntime(): boolean {
    return this.#nodes.some(({ domain }) => domain === 'com.microsoft');
  }

  /** @param writer the version that the file says it was written by */
  finish(name: string, description: string, metadata: ReadonlyMap<string, string>, writer = version): Uint8Array {
    this.#dropUnread();
    const used = new Set(this.#nodes.flatMap(({ inputs }) => inputs));
    const graph = new ProtobufWriter();
    for (const node of this.#nodes) graph.message(1, nodeProto(node));
    graph.text(2, name);
    for (const [constant, tensor] of this.#constants) if (used.has(constant)) graph.message(5, tensorProto(constant, tensor));
    for (const port of this.inputs) graph.message(11, portProto(port));
    for (const port of this.outputs) graph.message(12, portProto(port));
    const model = new ProtobufWriter().integer(1, irVersion).text(2, 'benchwright').text(3, writer).text(6, description).message(7, graph);
    model.message(8, new ProtobufWriter().text(1, '').integer(2, opset));
    for (const domain of new Set(this.#nodes.flatMap((node) => node.domain ?? []))) {
      model.message(8, new ProtobufWriter().text(1, domain).integer(2, domains[domain]));
    }
    for (const [key, value] of metadata) model.message(14, new ProtobufWriter().text(1, key).text(2, value));
    return model.finish();
  }

  /** Half of a pair of transpositions that undid each other may be read by nobody. */
  #dropUnread(): void {
    const read = new Set(this.outputs.map((port) => port.name));
    this.#nodes = this.#nodes
      .reverse()
      .filter(({ inputs, output }) => {
        if (!read.has(output)) return false;
        for (const input of inputs) read.add(input);
        return true;
      })
      .reverse();
  }

  #free(hint: string): string {
    let name = hint;
    for (let number = 2; this.#taken.has(name); number++) name = `${hint}_${number}`;
    this.#taken.add(name);
    return name;
  }
}

function nodeProto({ operator, domain, inputs, output, place, attributes }: Node): ProtobufWriter {
  const node = new ProtobufWriter();
  for (const input of inputs) node.text(1, input);
  // An output without a name is not asked for.
  for (let index = 0; index < place; index++) node.text(2, '');
  node.text(2, output).text(3, output).text(4, operator);
  for (const [name, attribute] of attributes) node.message(5, attributeProto(name, attribute));
  return domain ? node.text(7, domain) : node;
}

/** The numbers of AttributeProto's fields and of its enumeration of types. */
function attributeProto(name: string, attribute: Attribute): ProtobufWriter {
  const proto = new ProtobufWriter().text(1, name);
  if ('float' in attribute) return proto.float(2, attribute.float).integer(20, 1);
  if ('int' in attribute) return proto.integer(3, attribute.int).integer(20, 2);
  if ('text' in attribute) return proto.text(4, attribute.text).integer(20, 3);
  if ('tensor' in attribute) return proto.message(5, tensorProto('', attribute.tensor)).integer(20, 4);
  if ('ints' in attribute) {
    for (const value of attribute.ints) proto.integer(8, value);
    return proto.integer(20, 7);
  }
  if ('floats' in attribute) {
    for (const value of attribute.floats) proto.float(7, value);
    return proto.integer(20, 6);
  }
  for (const value of attribute.texts) proto.text(9, value);
  return proto.integer(20, 8);
}

function portProto({ name, type, dims }: Port): ProtobufWriter {
  const shape = new ProtobufWriter();
  for (const dim of dims) {
    shape.message(1, typeof dim === 'number' ? new ProtobufWriter().integer(1, dim) : new ProtobufWriter().text(2, dim));
  }
  const tensor = new ProtobufWriter().integer(1, elementTypes[type]).message(2, shape);
  return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensor));
}
