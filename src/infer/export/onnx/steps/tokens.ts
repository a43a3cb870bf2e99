/**
 * Words as their numbers. ONNX has no words for how a text is cut into words and written small, but for the vocabulary: the input is the words of a
 * text, place by place, '' behind the last one.
 */
import type { OnnxStep } from '../step.js';

/** As the step numbers them. */
const [padding, unknown, first] = [0, 1, 2];

export const tokens: OnnxStep<'tokens'> = (steps, graph) =>
  steps.map(({ column, terms, length }) => {
    const numbers = graph.node(
      'LabelEncoder',
      [graph.input(column, 'string', ['N', length])],
      [
        ['keys_strings', { texts: [...terms, ''] }],
        ['values_int64s', { ints: [...terms.map((_, place) => place + first), padding] }],
        ['default_int64', { int: unknown }],
      ],
      'ai.onnx.ml',
    );
    return graph.cast(numbers, 'float');
  });
