/** Pictures: bytes as they lie in a canvas without opacity, [N, height, width, channels], normalised to the very numbers that trained. */
import type { OnnxStep } from '../step.js';
import { doubles } from '../tensor.js';

export const picture: OnnxStep<'picture'> = (steps, graph) =>
  steps.map(({ column, size: { height, width, channels }, mean, deviation }) => {
    const given = graph.input(column, 'uint8', ['N', height, width, channels]);
    const share = graph.node('Div', [graph.cast(given, 'double'), graph.constant('white', doubles([255], []))]);
    const centred = graph.node('Sub', [share, graph.constant('mean', doubles(mean))]);
    return graph.cast(graph.node('Div', [centred, graph.constant('deviation', doubles(deviation))]), 'float');
  });
