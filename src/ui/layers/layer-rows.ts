/** The rows of the editor: every layer of the network that would be trained, those that one writes and those that are added. */
import type { InputError } from '../../base/errors.js';
import { inspectModel, type LayerDescription, type ModelTotals } from '../../compute/plan/inspect.js';
import type { LayerSpec } from '../../spec/layer.js';
import type { ModelSpec } from '../../spec/model.js';
import { networkFor, type RecipeFacts } from '../../train/recipe.js';
import type { EditedLayer } from './edit-layers.js';

export interface LayerRow {
  layer: EditedLayer;
  /** Its place among those that one writes; left out where it is added by the task or the data. */
  own: number | undefined;
  /** Left out from the first layer on that does not fit. */
  description: LayerDescription | undefined;
  problems: InputError[];
}

export interface EditedNetwork {
  model: ModelSpec;
  rows: LayerRow[];
  /** Wrong with the network as a whole. */
  problems: InputError[];
  /** Left out where something is wrong. */
  totals: ModelTotals | undefined;
}

export function networkOf(facts: RecipeFacts, layers: readonly EditedLayer[], batchSize: number): EditedNetwork {
  // Layers may be wrong in every way here; they are told apart by what they are, not by what they say.
  const model = networkFor(facts, layers as unknown as LayerSpec[]);
  const { layers: described, problems, totals } = inspectModel(model, { batchSize });
  const rows = model.layers.map((layer, index) => {
    const own = layers.indexOf(layer as unknown as EditedLayer);
    return {
      layer: layer as unknown as EditedLayer,
      own: own < 0 ? undefined : own,
      description: described[index],
      problems: problems.filter((problem) => problem.layer === index).map(({ error }) => error),
    };
  });
  const whole = problems.filter(({ layer }) => layer === undefined).map(({ error }) => error);
  return { model, rows, problems: whole, totals };
}
