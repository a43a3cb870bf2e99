/** The layers that are being made for a table's column; they outlive a reload of the page, and go with its next training. */

import type { LayerSpec } from '../../../spec/layer.js';
import type { TrainingSpec } from '../../../spec/training.js';
import { type EditedSpec, readSpecText } from '../../layers/exchange.js';

const key = (dataset: string, target: string): string => `layers ${dataset} ${target}`;

/** Nothing where none were begun, or where what was kept cannot be used. */
export function readLayers(dataset: string, target: string): EditedSpec | undefined {
  try {
    const text = sessionStorage.getItem(key(dataset, target));
    return text === null ? undefined : readSpecText(text, 'draft');
  } catch {
    return undefined;
  }
}

/** @param spec left out, a preset decides again */
export function keepLayers(dataset: string, target: string, spec: EditedSpec | undefined): void {
  try {
    if (spec) sessionStorage.setItem(key(dataset, target), JSON.stringify(spec));
    else sessionStorage.removeItem(key(dataset, target));
  } catch {
    // Where nothing may be kept, they live as long as the page.
  }
}

/** What a training asks for, with the layers that are being made for its column in place of a preset. */
export function withLayers(spec: TrainingSpec, dataset: string): TrainingSpec {
  const own = readLayers(dataset, spec.target);
  if (!own) return spec;
  const { preset: _, extractor: __, ...rest } = spec;
  return { ...(own.batchSize === undefined ? {} : { batchSize: own.batchSize }), ...rest, layers: own.layers as unknown as LayerSpec[] };
}
