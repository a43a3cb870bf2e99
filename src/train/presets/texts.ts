/** What reads a text whose words are numbers: from the numbers and the places that count to something flat. */
import { inputName, type LayerSpec } from '../../spec/layer.js';

/** A text among the inputs: the numbers of its words, 0 behind the last one. */
export interface TextInput {
  /** The place of its first number among the inputs. */
  input: number;
  /** Words that are read. */
  length: number;
  /** Numbers that there may be, with 0. */
  vocabulary: number;
}

/** A text as layers know it. */
export interface ReadText extends Pick<TextInput, 'length' | 'vocabulary'> {
  /** The layer that gives its numbers, and the one that says which places are no padding. */
  tokens: string;
  counts: string;
  /** A name for a layer of its own. */
  called(part: string): string;
}

/** Layers that end in a flat one. Padding must change nothing of what that gives. */
export type TextReading = (text: ReadText) => LayerSpec[];

/** The mean of the words' vectors: whatever their order, and so many numbers each. */
export const meanOfWords =
  (dimension: number): TextReading =>
  ({ tokens, counts, vocabulary }) => [
    { kind: 'embedding', from: tokens, vocabulary, dimension },
    { kind: 'globalAveragePool', mask: counts },
  ];

/** Its layers, of which the last has the name that is answered. */
export function textLayers({ input, length, vocabulary }: TextInput, reading: TextReading): { layers: LayerSpec[]; name: string } {
  const name = `text${input}`;
  const called = (part: string): string => `${name}.${part}`;
  const [tokens, counts] = [called('tokens'), called('counts')];
  const read = reading({ tokens, counts, length, vocabulary, called });
  return {
    name,
    layers: [
      { kind: 'slice', from: inputName, first: input, count: length, name: tokens },
      { kind: 'mask', from: tokens, name: counts },
      ...read.slice(0, -1),
      { ...read[read.length - 1], name },
    ],
  };
}
