/** The layers of a LayersModel and who reads whom, whether it is a line of them or a graph. */
import * as z from 'zod/mini';
import { checkedPart, modelDamaged } from '../damaged.js';
import { notConvertible, requireOne } from '../network/builder.js';

const text = z.string().check(z.maxLength(1000));
const Config = z.record(z.string(), z.unknown());
const Layer = z.object({ class_name: text, config: Config, name: z.optional(text), inbound_nodes: z.optional(z.array(z.unknown())) });
const Layers = z.array(Layer).check(z.minLength(1), z.maxLength(2000));
/** [[layer, node, tensor], …], or one of them by itself. */
const End = z.tuple([text, z.number(), z.number()]);
const Ends = z.union([
  z.array(End).check(z.minLength(1), z.maxLength(100)),
  z.pipe(
    End,
    z.transform((end) => [end]),
  ),
]);
const Network = z.object({ class_name: text, config: z.unknown() });
const Line = z.union([
  z.object({ layers: Layers }),
  z.pipe(
    Layers,
    z.transform((layers) => ({ layers })),
  ),
]);
const Graph = z.object({ layers: Layers, input_layers: Ends, output_layers: Ends });
/** What a layer reads: each a list of [layer, node, tensor, arguments]. */
const Reads = z.array(z.tuple([text, z.number(), z.number()], z.unknown())).check(z.minLength(1), z.maxLength(64));

export interface KerasNode {
  name: string;
  className: string;
  config: Readonly<Record<string, unknown>>;
  /** Names of what it reads. */
  reads: string[];
}

export interface Topology {
  /** Each after what it reads. */
  nodes: KerasNode[];
  output: string;
}

/** @throws InputError `model-damaged` or `network-not-convertible` */
export function topologyOf(given: unknown): Topology {
  const whole = given !== null && typeof given === 'object' && 'model_config' in given ? given.model_config : given;
  const { class_name: kind, config } = checkedPart(Network, whole, 'topology');
  if (kind === 'Sequential') return inLine(checkedPart(Line, config, 'topology').layers);
  if (kind === 'Model' || kind === 'Functional') return inOrder(checkedPart(Graph, config, 'topology'));
  throw notConvertible(kind, 'model', 'only Sequential and Functional models can be read');
}

function inLine(layers: z.infer<typeof Layers>): Topology {
  const nodes: KerasNode[] = [];
  for (const layer of layers) {
    const before = nodes.at(-1);
    nodes.push({ name: nameOf(layer), className: layer.class_name, config: layer.config, reads: before ? [before.name] : [] });
  }
  requireDistinct(nodes);
  return { nodes, output: nodes[nodes.length - 1].name };
}

function inOrder({ layers, input_layers: inputs, output_layers: outputs }: z.infer<typeof Graph>): Topology {
  requireOne('inputs', inputs.length);
  requireOne('outputs', outputs.length);
  const waiting = new Map(layers.map((layer) => [nameOf(layer), nodeOf(layer)]));
  if (waiting.size !== layers.length) throw modelDamaged('two of its layers have one name');
  const nodes: KerasNode[] = [];
  const done = new Set<string>();
  // Files of tfjs are in order, so that one pass is enough; others need as many as it is deep.
  for (let before = -1; before !== nodes.length; ) {
    before = nodes.length;
    for (const [name, node] of waiting) {
      if (!node.reads.every((read) => done.has(read))) continue;
      nodes.push(node);
      done.add(name);
      waiting.delete(name);
    }
  }
  if (!done.has(outputs[0][0]))
    throw modelDamaged(`the layer "${outputs[0][0]}", which it ends in, is not there or reads what is not there`);
  return { nodes, output: outputs[0][0] };
}

function nodeOf(layer: z.infer<typeof Layer>): KerasNode {
  const name = nameOf(layer);
  const uses = layer.inbound_nodes ?? [];
  if (uses.length > 1) throw notConvertible(name, layer.class_name, 'it is used in several places with the same weights');
  if (uses.length === 1 && !Array.isArray(uses[0])) throw notConvertible(name, layer.class_name, 'it is written as Keras 3 does');
  const reads = uses.length === 0 ? [] : checkedPart(Reads, uses[0], 'topology');
  if (reads.some(([, node, tensor]) => node !== 0 || tensor !== 0)) {
    throw notConvertible(name, layer.class_name, 'it reads one of several outputs of another layer');
  }
  return { name, className: layer.class_name, config: layer.config, reads: reads.map(([read]) => read) };
}

const nameOf = ({ name, config, class_name: kind }: z.infer<typeof Layer>): string => {
  const own = name ?? config.name;
  if (typeof own === 'string' && own.length > 0 && own.length <= 1000) return own;
  throw modelDamaged(`a layer of class "${kind}" has no name`);
};

function requireDistinct(nodes: readonly KerasNode[]): void {
  if (new Set(nodes.map(({ name }) => name)).size !== nodes.length) throw modelDamaged('two of its layers have one name');
}
