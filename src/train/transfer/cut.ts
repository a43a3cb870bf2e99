/** Which layers of a trained network are kept: up to a chosen one, and only those that it needs. */
import { InputError } from '../../base/errors.js';
import type { LayerNode } from '../../compute/plan/graph.js';
import type { LayerSpec } from '../../spec/layer.js';

/**
 * @param output a layer's name, or its number from 1; left out, what the last layer reads
 * @throws InputError `extractor-output`
 */
export function chosenNode(nodes: readonly LayerNode[], output: string | number | undefined): LayerNode {
  const last = nodes[nodes.length - 1];
  const chosen =
    output === undefined
      ? nodes[last.inputs[0]]
      : nodes.find(({ layer, index }) => (typeof output === 'number' ? index + 1 === output : layer.name === output));
  if (chosen && chosen.layer.kind !== 'mask') return chosen;
  const names = nodes.flatMap(({ layer }) => layer.name ?? []);
  throw new InputError(
    'extractor-output',
    output === undefined ? 'The model has one layer, and nothing before it to be kept.' : `The model has no layer "${output}" to be kept.`,
    {
      advice: `Name one of its layers (${names.slice(0, 20).join(', ') || 'none has a name'}), or give a number from 1 to ${nodes.length}.`,
      place: { field: 'extractor.output' },
    },
  );
}

/** What is needed for a layer, in order, with itself. */
export function ancestorsOf(nodes: readonly LayerNode[], last: number): LayerNode[] {
  const needed = new Set([last]);
  for (let index = last; index >= 0; index--) {
    if (!needed.has(index)) continue;
    const { inputs, mask } = nodes[index];
    for (const input of mask === undefined ? inputs : [...inputs, mask]) needed.add(input);
  }
  return nodes.filter(({ index }) => needed.has(index));
}

/** They give numbers of which there are as many as the picture has places, or hold such weights. */
const ofOneSize: ReadonlySet<LayerSpec['kind']> = new Set(['flatten', 'positionalEmbedding', 'slice']);

/** Whether a layer works on pictures of the size that it was trained on alone. What has a shape of its own already is as long as ever when flat. */
export const needsItsSize = ({ layer, inputs, inputShapes }: LayerNode, nodes: readonly LayerNode[]): boolean =>
  ofOneSize.has(layer.kind) && !(layer.kind === 'flatten' && (inputShapes[0].length === 1 || nodes[inputs[0]]?.layer.kind === 'reshape'));
