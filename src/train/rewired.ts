/** A layer whose reading of others follows them to other names. */
import type { LayerSpec } from '../spec/layer.js';

/** @param nameOf the new name of a layer that it reads, or takes its mask from */
export function rewired(layer: LayerSpec, nameOf: (name: string) => string): LayerSpec {
  const { from } = layer;
  const renamed = from === undefined ? {} : { from: Array.isArray(from) ? from.map(nameOf) : nameOf(from) };
  const mask = 'mask' in layer && layer.mask !== undefined ? { mask: nameOf(layer.mask) } : {};
  return { ...layer, ...renamed, ...mask } as LayerSpec;
}
