/** The same network with another number of hidden layers: of dense layers one after the other, or of blocks that each add to what they are given. */
import { InputError } from '../../base/errors.js';
import type { LayerSpec } from '../../spec/layer.js';
import { rewired } from '../rewired.js';

/** The last is repeated, or the later ones are left out. @throws InputError `sweep-layers` */
export function withDepth(layers: LayerSpec[], depth: number): LayerSpec[] {
  const blocks = blocksOf(layers);
  if (blocks.length > 0) return withBlocks(layers, blocks, depth);
  const first = layers.findIndex(({ kind }) => kind === 'dense');
  if (first < 0) return layers;
  // What stands before the first dense layer, such as embeddings, stays as it is wired.
  if (layers.slice(first).some(({ from, name }) => from !== undefined || name !== undefined)) {
    throw new InputError('sweep-layers', 'The layers of this network read each other by name, so that their number cannot be tried.', {
      advice: 'Leave out "hiddenLayers", or give layers that each read the one before.',
      place: { field: 'hiddenLayers' },
    });
  }
  const parts: LayerSpec[][] = [];
  for (const layer of layers.slice(first)) {
    if (layer.kind === 'dense') parts.push([layer]);
    else parts[parts.length - 1].push(layer);
  }
  const wanted = Array.from({ length: depth }, (_, index) => parts[Math.min(index, parts.length - 1)]);
  return [...layers.slice(0, first), ...wanted.flat()];
}

/** Layers [start, end) that end with a sum of what they are given, `reads`, and what they make of it. */
interface Block {
  start: number;
  end: number;
  reads: string;
  sum: string;
}

function blocksOf(layers: readonly LayerSpec[]): Block[] {
  const blocks: Block[] = [];
  for (const [at, layer] of layers.entries()) {
    if (layer.kind !== 'add' || layer.name === undefined) continue;
    const [reads] = layer.from;
    const start = layers.findIndex(({ name }) => name === reads) + 1;
    const before = blocks.at(-1);
    if (start <= 0 || (before && start !== before.end)) continue;
    // What looks from place to place and the dense layers behind it are one block of a transformer.
    if (before && isAttention(layers.slice(before.start, before.end)))
      blocks[blocks.length - 1] = { ...before, end: at + 1, sum: layer.name };
    else blocks.push({ start, end: at + 1, reads, sum: layer.name });
  }
  return blocks;
}

const isAttention = (layers: readonly LayerSpec[]): boolean =>
  layers.at(-1)?.kind === 'add' && layers.every(({ kind }) => kind !== 'dense') && layers.some(({ kind }) => kind === 'multiHeadAttention');

function withBlocks(layers: readonly LayerSpec[], blocks: readonly Block[], depth: number): LayerSpec[] {
  const kept = blocks.slice(0, depth);
  const last = blocks[blocks.length - 1];
  const wanted = layers.slice(0, kept[kept.length - 1].end);
  let { sum } = kept[kept.length - 1];
  for (let copy = blocks.length + 1; copy <= depth; copy++) {
    const own = new Set(layers.slice(last.start, last.end).flatMap(({ name }) => name ?? []));
    const before = sum;
    const renamed = (name: string): string => (own.has(name) ? `${name}.${copy}` : name === last.reads ? before : name);
    wanted.push(...layers.slice(last.start, last.end).map((layer) => renamedLayer(layer, renamed)));
    sum = renamed(last.sum);
  }
  // What read the last sum reads the one that is the last now.
  return [...wanted, ...layers.slice(last.end).map((layer) => renamedLayer(layer, (name) => (name === last.sum ? sum : name)))];
}

function renamedLayer(layer: LayerSpec, renamed: (name: string) => string): LayerSpec {
  const read = rewired(layer, renamed);
  return layer.name === undefined ? read : { ...read, name: renamed(layer.name) };
}
