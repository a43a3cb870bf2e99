/** Steps that look a category up: one-hot, its number, the place in an order, the target's means. What each category becomes is written by the steps themselves. */
import { missingPosition, otherPosition } from '../../../../data/steps/category.js';
import { ordinalInputs, writeOrdinal } from '../../../../data/steps/ordinal.js';
import { writeTargetMeans } from '../../../../data/steps/target-means.js';
import type { OnnxGraph, Value } from '../graph.js';
import type { OnnxStep } from '../step.js';
import { floats, integers } from '../tensor.js';
import { placesOf } from './places.js';

/** A place behind the last input sets none. */
export const category: OnnxStep<'category'> = (steps, graph) =>
  steps.map((step) => {
    const { column, type, categories, other } = step;
    const width = categories.length + (other ? 1 : 0);
    const input = (position: number): number => (position < 0 ? width : position);
    const places = placesOf(graph, {
      column,
      type,
      texts: categories,
      unseen: input(otherPosition(step)),
      missing: input(missingPosition(step)),
    });
    const [depth, values] = [graph.constant('depth', integers([width], [])), graph.constant('off_on', floats([0, 1]))];
    return graph.node('OneHot', [places, depth, values], [['axis', { int: -1 }]]);
  });

export const embedding: OnnxStep<'embedding'> = (steps, graph) =>
  steps.map((step) =>
    looked(graph, step, 1, (place, row) => {
      row[0] = place + 1;
    }),
  );

export const ordinal: OnnxStep<'ordinal'> = (steps, graph) =>
  steps.map((step) => looked(graph, step, ordinalInputs(step), (place, row) => writeOrdinal(step, place, row, 0)));

export const target: OnnxStep<'target'> = (steps, graph) =>
  steps.map((step) => looked(graph, step, step.width, (place, row) => writeTargetMeans(step, place, -1, row, 0)));

/** One row of a table for each category, and one more for what is missing or unseen. @param write with −1 for the latter */
function looked(
  graph: OnnxGraph,
  { column, type, categories }: { column: string; type: Parameters<typeof placesOf>[1]['type']; categories: readonly string[] },
  width: number,
  write: (place: number, row: Float32Array) => void,
): Value {
  const last = categories.length;
  const table = new Float32Array((last + 1) * width);
  for (let place = 0; place <= last; place++) write(place === last ? -1 : place, table.subarray(place * width, (place + 1) * width));
  const places = placesOf(graph, { column, type, texts: categories, unseen: last, missing: last });
  return graph.node('Gather', [graph.constant('table', floats(table, [last + 1, width])), places], [['axis', { int: 0 }]]);
}
