/** The place of a value in a list of texts: by a dictionary where the column holds texts, by comparing where it holds numbers. */
import type { FieldType } from '../../../../spec/field-type.js';
import { isNumeric } from '../../../../spec/field-type.js';
import type { OnnxGraph, Value } from '../graph.js';
import { numberInput, textInput } from '../step.js';
import { doubles, floats, integers } from '../tensor.js';

export interface PlacesRequest {
  column: string;
  type: FieldType;
  /** Distinct. */
  texts: readonly string[];
  /** What other values have; and what missing ones have. */
  unseen: number;
  missing: number;
}

/** [N], as int64. */
export function placesOf(graph: OnnxGraph, { column, type, texts, unseen, missing }: PlacesRequest): Value {
  const places = isNumeric(type)
    ? placesOfNumbers(graph, numberInput(graph, column), texts, unseen, missing)
    : placesOfTexts(graph, textInput(graph, column), texts, unseen, missing);
  return graph.node('Reshape', [places, graph.constant('flat', integers([-1]))]);
}

function placesOfTexts(graph: OnnxGraph, given: Value, texts: readonly string[], unseen: number, missing: number): Value {
  // '' is no category: it is how a missing text is given.
  const keys = [...texts, ''];
  return graph.node(
    'LabelEncoder',
    [given],
    [
      ['keys_strings', { texts: keys }],
      ['values_int64s', { ints: keys.map((key, place) => (key === '' ? missing : place)) }],
      ['default_int64', { int: unseen }],
    ],
    'ai.onnx.ml',
  );
}

/** A dictionary of double precision is not to be had in every runtime: each number is compared with all, and the one that is equal is summed. */
function placesOfNumbers(graph: OnnxGraph, given: Value, texts: readonly string[], unseen: number, missing: number): Value {
  const known = texts.map(Number);
  const equal = graph.cast(graph.node('Equal', [given, graph.constant('numbers', doubles(known, [1, known.length]))]), 'float');
  // Places count from the unseen one, so that the sum of none is 0.
  const offsets = graph.constant(
    'places',
    floats(
      known.map((_, place) => place - unseen),
      [known.length, 1],
    ),
  );
  const seen = graph.cast(
    graph.node('Add', [graph.node('MatMul', [equal, offsets]), graph.constant('unseen', floats([unseen], []))]),
    'int64',
  );
  return graph.node('Where', [graph.node('IsNaN', [given]), graph.constant('missing', integers([missing], [])), seen]);
}
