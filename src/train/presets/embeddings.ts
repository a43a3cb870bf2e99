/** What stands before a network whose inputs are in part numbers of categories: a learnt vector for each, beside the other inputs as they are. */
import { inputName, type LayerSpec } from '../../spec/layer.js';

export interface CategoryInput {
  /** Its place among the inputs. */
  input: number;
  vocabulary: number;
}

export interface EmbeddedInputs {
  inputs: number;
  outputs: number;
  indices?: readonly CategoryInput[] | undefined;
}

const largestDimension = 50;
/** As the vocabulary of layers says. */
const widest = 4096;
/** min(50, (categories + 1) / 2), as is usual: more numbers say nothing more. One index is for what is no category. */
const dimensionFor = (vocabulary: number): number => Math.min(largestDimension, Math.floor(vocabulary / 2));

/** Layers that look something up themselves are left as they are: their author says what is looked up. */
export function withEmbeddings({ inputs, outputs, indices = [] }: EmbeddedInputs, hidden: readonly LayerSpec[]): LayerSpec[] {
  if (indices.length === 0 || hidden.some(({ kind }) => kind === 'embedding')) return [...hidden];
  // With nothing between it and the outputs, a vector as wide as they are is one weight for each category and output: a linear model.
  const isLinear = !hidden.some((layer) => layer.kind !== 'dropout');
  const dimension = (vocabulary: number): number => (isLinear ? Math.min(outputs, vocabulary, widest) : dimensionFor(vocabulary));
  const layers: LayerSpec[] = [];
  const joined: string[] = [];
  let next = 0;
  const passed = (end: number): void => {
    if (end > next) joined.push(add(layers, { kind: 'slice', from: inputName, first: next, count: end - next, name: `inputs${next}` }));
    next = end;
  };
  for (const { input, vocabulary } of indices) {
    passed(input);
    layers.push({ kind: 'slice', from: inputName, first: input, count: 1 });
    layers.push({ kind: 'embedding', vocabulary, dimension: dimension(vocabulary) });
    joined.push(add(layers, { kind: 'flatten', name: `category${input}` }));
    next = input + 1;
  }
  passed(inputs);
  if (joined.length > 1) layers.push({ kind: 'concatenate', from: joined });
  return [...layers, ...hidden];
}

function add(layers: LayerSpec[], layer: LayerSpec & { name: string }): string {
  layers.push(layer);
  return layer.name;
}
