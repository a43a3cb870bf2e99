/** Who reads whom: the layers of a model as nodes with settled shapes. What a layer reads stands before it, so that there are no cycles. */
import { InputError } from '../../base/errors.js';
import { inputName, type LayerSpec } from '../../spec/layer.js';
import type { ModelSpec } from '../../spec/model.js';
import { channelsOf, inputShape, outputShape, requireMask, type Shape, sizeOf } from './shapes.js';

/** The place of a layer in `model.layers`, or `networkInput`. */
export type NodeNumber = number;
export const networkInput: NodeNumber = -1;

export interface LayerNode {
  layer: LayerSpec;
  index: NodeNumber;
  /** What it reads, in order. */
  inputs: NodeNumber[];
  inputShapes: Shape[];
  mask?: NodeNumber;
  outputShape: Shape;
  /**
   * For what is the network's input as it was given, or a part of it: the places of its numbers in the input. Only such numbers can be indices, or
   * be told to be padding.
   */
  columns?: Int32Array | undefined;
}

/** @throws InputError `layer-shape` or `layer-name`, naming the layer, what it is given and what it needs */
export function graphOf(model: ModelSpec): LayerNode[] {
  const { nodes, problem } = readGraph(model);
  if (problem) throw problem;
  return nodes;
}

/** As far as the layers go together: those before the first that does not, and what is wrong with it. */
export function readGraph(model: ModelSpec): { nodes: LayerNode[]; problem?: InputError } {
  const nodes: LayerNode[] = [];
  try {
    requireWholeInput(model);
    const names = new Map<string, NodeNumber>([[inputName, networkInput]]);
    for (const [index, layer] of model.layers.entries()) addNode(layer, index, nodes, names, model);
    requireReaders(nodes);
    requireFlatEnd(nodes);
    return { nodes };
  } catch (thrown) {
    if (thrown instanceof InputError) return { nodes, problem: thrown };
    throw thrown;
  }
}

function requireWholeInput(model: ModelSpec): void {
  const shape = inputShape(model);
  if (sizeOf(shape) === model.inputs) return;
  throw new InputError('layer-shape', `An example of shape [${shape.join(', ')}] does not have ${model.inputs} numbers.`, {
    advice: 'Give "inputs" as the product of "shape".',
    place: { field: 'shape' },
  });
}

function addNode(layer: LayerSpec, index: NodeNumber, nodes: LayerNode[], names: Map<string, NodeNumber>, model: ModelSpec): void {
  try {
    nodes.push(nodeOf(layer, index, nodes, names, model));
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    const { message, advice, code } = cause;
    throw new InputError(code, `Layer ${index + 1} ("${layer.kind}"): ${message}`, { advice, cause, place: { layer: index + 1 } });
  }
}

function nodeOf(layer: LayerSpec, index: NodeNumber, nodes: LayerNode[], names: Map<string, NodeNumber>, model: ModelSpec): LayerNode {
  const find = (name: string): NodeNumber => {
    const found = names.get(name);
    if (found !== undefined) return found;
    throw new InputError('layer-name', `It reads "${name}", and no layer before it has this name.`, {
      advice: `Give a layer before it "name": "${name}", or read one of: ${[...names.keys()].slice(0, 20).join(', ')}.`,
    });
  };
  const shapeAt = (node: NodeNumber): Shape => (node === networkInput ? inputShape(model) : nodes[node].outputShape);
  const from = layer.from ?? [];
  const inputs = layer.from === undefined ? [index - 1] : [from].flat().map(find);
  const inputShapes = inputs.map(shapeAt);
  const mask = 'mask' in layer && layer.mask !== undefined ? find(layer.mask) : undefined;
  if (mask !== undefined) requireMask(layer, inputShapes[0], shapeAt(mask));
  const columns = columnsOf(layer, inputs, inputShapes, nodes, model);
  if ((layer.kind === 'embedding' || layer.kind === 'mask') && !givenColumns(inputs[0], nodes, model)) {
    throw new InputError('layer-shape', 'It reads what another layer has computed, and needs inputs as they are given.', {
      advice: 'Put it first, or let it read "input" or a slice of it.',
    });
  }
  const node = {
    layer,
    index,
    inputs,
    inputShapes,
    outputShape: outputShape(layer, inputShapes),
    columns,
    ...(mask === undefined ? {} : { mask }),
  };
  if (layer.name !== undefined) {
    const taken = names.get(layer.name);
    if (taken !== undefined) {
      throw new InputError(
        'layer-name',
        `Its name "${layer.name}" is taken by ${taken === networkInput ? 'what the network is given' : `layer ${taken + 1}`}.`,
        {
          advice: 'Give every layer a name of its own, or none.',
        },
      );
    }
    names.set(layer.name, index);
  }
  return node;
}

function givenColumns(node: NodeNumber, nodes: LayerNode[], { inputs }: ModelSpec): Int32Array | undefined {
  return node === networkInput ? allColumns(inputs) : nodes[node].columns;
}

/** The last answer is kept: every slice of a wide table asks for the same. */
let known = new Int32Array(0);

function allColumns(count: number): Int32Array {
  if (known.length !== count) known = Int32Array.from({ length: count }, (_, column) => column);
  return known;
}

/** Slices and other shapes of the input are still the input. */
function columnsOf(layer: LayerSpec, inputs: NodeNumber[], [shape]: Shape[], nodes: LayerNode[], model: ModelSpec): Int32Array | undefined {
  if (layer.kind !== 'slice' && layer.kind !== 'flatten' && layer.kind !== 'reshape') return undefined;
  const columns = givenColumns(inputs[0], nodes, model);
  if (!columns || layer.kind !== 'slice') return columns;
  const channels = channelsOf(shape);
  if (channels === columns.length) return columns.subarray(layer.first, layer.first + layer.count);
  return columns.filter((_, place) => place % channels >= layer.first && place % channels < layer.first + layer.count);
}

function requireReaders(nodes: LayerNode[]): void {
  const read = new Set(nodes.flatMap(({ inputs, mask }) => (mask === undefined ? inputs : [...inputs, mask])));
  const unread = nodes.slice(0, -1).find(({ index }) => !read.has(index));
  if (!unread) return;
  throw new InputError('layer-name', `Layer ${unread.index + 1} ("${unread.layer.kind}") is read by no other layer.`, {
    advice: 'Give it a name and let a later layer read it, or take it out.',
    place: { layer: unread.index + 1 },
  });
}

function requireFlatEnd(nodes: LayerNode[]): void {
  const end = nodes.at(-1)?.outputShape;
  if (!end || end.length === 1) return;
  throw new InputError('layer-shape', `The network ends in the shape [${end.join(', ')}], which is not flat.`, {
    advice: 'End with "flatten" or "globalAveragePool" and a dense layer.',
    place: { layer: nodes.length },
  });
}

/** The shape that the network is given and that of each layer's outputs, in their order. @throws InputError as `graphOf` */
export const shapesOf = (model: ModelSpec): Shape[] => [inputShape(model), ...graphOf(model).map((node) => node.outputShape)];

/** A number of the input that is an index, and how many there are to choose from. */
export interface IndexColumn {
  column: number;
  vocabulary: number;
}

/** Those that embeddings look up; a number that several look up keeps to the smallest of them. */
export function indexColumnsOf(model: ModelSpec): IndexColumn[] {
  const nodes = graphOf(model);
  const vocabularies = new Map<number, number>();
  for (const { layer, inputs } of nodes) {
    if (layer.kind !== 'embedding') continue;
    for (const column of givenColumns(inputs[0], nodes, model) ?? []) {
      vocabularies.set(column, Math.min(layer.vocabulary, vocabularies.get(column) ?? layer.vocabulary));
    }
  }
  return Array.from(vocabularies, ([column, vocabulary]) => ({ column, vocabulary }));
}
