/** Hashed categories: MurmurHash3 is an operator of onnxruntime's own, in every build of it and nowhere else. */
import type { OnnxStep } from '../step.js';
import { textInput } from '../step.js';
import { floats, integers } from '../tensor.js';

export const hashing: OnnxStep<'hashing'> = (steps, graph) =>
  steps.map(({ column, features }) => {
    const given = textInput(graph, column);
    const flat = graph.constant('flat', integers([-1]));
    const hash = graph.node('MurmurHash3', [given], [['positive', { int: 0 }]], 'com.microsoft');
    const wide = graph.node('Reshape', [graph.cast(hash, 'int64'), flat]);
    const position = graph.node('Mod', [graph.node('Abs', [wide]), graph.constant('features', integers([features], []))]);
    const depth = graph.constant('depth', integers([features], []));
    const set = graph.node('OneHot', [position, depth, graph.constant('off_on', floats([0, 1]))], [['axis', { int: -1 }]]);
    // 1 or −1 by the hash's sign; a missing text sets none.
    const negative = graph.cast(graph.node('Less', [graph.cast(hash, 'int64'), graph.constant('zero', integers([0], []))]), 'float');
    const sign = graph.node('Sub', [
      graph.constant('one', floats([1], [])),
      graph.node('Mul', [negative, graph.constant('two', floats([2], []))]),
    ]);
    const keys: [string, { texts: string[] }] = ['keys_strings', { texts: [''] }];
    const known = graph.node(
      'LabelEncoder',
      [given],
      [keys, ['values_floats', { floats: [0] }], ['default_float', { float: 1 }]],
      'ai.onnx.ml',
    );
    return graph.node('Mul', [set, graph.node('Mul', [sign, known])]);
  });
