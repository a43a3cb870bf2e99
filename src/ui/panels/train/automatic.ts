/** What a training would decide by itself for a table and target, to be shown where one may decide otherwise. */
import { pixelsOf } from '../../../data/table.js';
import type { DatasetRecord } from '../../../spec/dataset.js';
import { isCategorical, isNumeric } from '../../../spec/field-type.js';
import { columnWishes, hasTexts, type Preset, presetsFor } from '../../../spec/preset.js';
import type { Task } from '../../../spec/task.js';
import { defaultSplit } from '../../../train/division.js';
import { recipesFor } from '../../../train/presets/auto.js';
import type { RecipeFacts } from '../../../train/recipe.js';
import type { AutomaticValues } from '../../elements/number-option.js';

export function automaticValues(dataset: DatasetRecord, target: string, task: Task): ReadonlyMap<Preset, AutomaticValues> {
  const field = dataset.fields.find(({ name }) => name === target);
  const known = dataset.rows - (field?.missing ?? 0);
  const split = defaultSplit(known, {});
  // The width of an example is known for certain only once the pipeline is fitted; the figures shown hardly depend on it.
  const inputs = dataset.fields.reduce(
    (sum, { name, type, distinct }) => sum + (name === target ? 0 : isNumeric(type) ? 1 : isCategorical(type) ? distinct : 0),
    0,
  );
  const size = dataset.fields.find(({ type }) => type === 'picture')?.picture;
  const given = size ? pixelsOf(size) : Math.max(1, inputs);
  const facts: RecipeFacts = {
    task,
    inputs: given,
    ...(size ? { shape: [size.height, size.width, size.channels] as const } : {}),
    outputs: task === 'classification' ? Math.max(2, field?.distinct ?? 2) : task === 'anomaly' ? given : 1,
    rows: Math.max(1, Math.round(known * (1 - split.validation - split.test))),
  };
  const texts = hasTexts(dataset.fields, target);
  return new Map(
    presetsFor({ pictures: size !== undefined, texts, task }).map((preset) => [
      preset,
      recipesFor({ target, preset }, columnWishes({ preset }).tokens ? withText(facts) : facts).main,
    ]),
  );
}

/** One of a length that is usual. */
const text = { length: 100, vocabulary: 1000 };

const withText = (facts: RecipeFacts): RecipeFacts => ({
  ...facts,
  inputs: facts.inputs + text.length,
  texts: [{ input: facts.inputs, ...text }],
});
