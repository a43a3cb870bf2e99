/**
 * What stands before a network whose inputs are in part numbers of categories, or of the words of a text: a learnt vector for each category, and what
 * was read in each text, beside the other inputs as they are.
 */
import { inputName, type LayerSpec } from '../../spec/layer.js';
import { meanOfWords, type TextInput, type TextReading, textLayers } from './texts.js';

export interface CategoryInput {
  /** Its place among the inputs. */
  input: number;
  vocabulary: number;
}

export interface EmbeddedInputs {
  inputs: number;
  outputs: number;
  indices?: readonly CategoryInput[] | undefined;
  texts?: readonly TextInput[] | undefined;
}

const largestDimension = 50;
/** As the vocabulary of layers says. */
const widest = 4096;
/** min(50, (categories + 1) / 2), as is usual: more numbers say nothing more. One index is for what is no category. */
const dimensionFor = (vocabulary: number): number => Math.min(largestDimension, Math.floor(vocabulary / 2));

/**
 * Layers that look something up themselves are left as they are: their author says what is looked up.
 * @param reading of texts; left out, the mean of their words' vectors
 */
export function withEmbeddings(
  { inputs, outputs, indices = [], texts = [] }: EmbeddedInputs,
  hidden: readonly LayerSpec[],
  reading?: TextReading,
): LayerSpec[] {
  if (indices.length + texts.length === 0 || hidden.some(({ kind }) => kind === 'embedding')) return [...hidden];
  // With nothing between it and the outputs, a vector as wide as they are is one weight for each category and output: a linear model.
  const isLinear = reading === undefined && !hidden.some((layer) => layer.kind !== 'dropout');
  const dimension = (vocabulary: number): number => (isLinear ? Math.min(outputs, vocabulary, widest) : dimensionFor(vocabulary));
  const layers: LayerSpec[] = [];
  const joined: string[] = [];
  let next = 0;
  const passed = (end: number): void => {
    if (end > next) joined.push(add(layers, { kind: 'slice', from: inputName, first: next, count: end - next, name: `inputs${next}` }));
    next = end;
  };
  const lookedUp: (CategoryInput | TextInput)[] = [...indices, ...texts];
  for (const looked of lookedUp.sort((a, b) => a.input - b.input)) {
    const { input, vocabulary } = looked;
    passed(input);
    if (isText(looked)) {
      const text = textLayers(looked, reading ?? meanOfWords(dimension(vocabulary)));
      layers.push(...text.layers);
      joined.push(text.name);
      next = input + looked.length;
      continue;
    }
    layers.push({ kind: 'slice', from: inputName, first: input, count: 1 });
    layers.push({ kind: 'embedding', vocabulary, dimension: dimension(vocabulary) });
    joined.push(add(layers, { kind: 'flatten', name: `category${input}` }));
    next = input + 1;
  }
  passed(inputs);
  if (joined.length > 1) layers.push({ kind: 'concatenate', from: joined });
  return [...layers, ...hidden];
}

const isText = (looked: CategoryInput | TextInput): looked is TextInput => 'length' in looked;

function add(layers: LayerSpec[], layer: LayerSpec & { name: string }): string {
  layers.push(layer);
  return layer.name;
}
