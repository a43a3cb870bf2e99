/** What is drawn of how tensors are spread: magnitudes as rows, the largest outermost, those too small to matter together in the middle. */
import type { Distribution, InsightEpoch, InsightTensor } from '../../spec/insight.js';
import { magnitudeBins, smallestPower } from '../../stats/magnitudes.js';
import { figure } from '../format.js';

export type SpreadKind = 'weights' | 'gradients';

/** Powers of two that are drawn on either side of the middle. */
const drawn = 14;
const middle = (magnitudeBins - 1) / 2;

const roleWords: Record<string, string> = {
  recurrentWeights: 'recurrent weights',
  recurrentBias: 'recurrent bias',
  outputWeights: 'output weights',
  outputBias: 'output bias',
};

export const tensorTitle = ({ layer, kind, role }: InsightTensor): string => `${layer + 1} ${kind} ${roleWords[role] ?? role}`;

export interface SpreadRows {
  /** Below this size numbers are in the middle. */
  smallest: number;
  /** Along the upright axis, 0 at its top and 1 at its bottom. */
  marks: { at: number; text: string }[];
  /** Of a tensor: for each epoch shares by row, from the largest to the smallest; undefined where nothing was seen. */
  columnsOf(tensor: number): (readonly number[] | undefined)[];
}

/** One scale for all tensors, so that they can be compared. */
export function spreadRows(epochs: readonly InsightEpoch[], kind: SpreadKind): SpreadRows {
  const spreads = epochs.flatMap((epoch) => epoch[kind] ?? []);
  const outermost = spreads.reduce((most, { first, counts }) => Math.max(most, middle - first, first + counts.length - 1 - middle), drawn);
  const inner = outermost - drawn;
  const edge = (step: number): number => 2 ** (smallestPower + step);
  const [large, medium] = [figure(edge(outermost)), figure(edge(outermost - drawn / 2))];
  return {
    smallest: edge(inner),
    marks: [
      { at: 0, text: large },
      { at: 0.25, text: medium },
      { at: 0.5, text: '0' },
      { at: 0.75, text: `−${medium}` },
      { at: 1, text: `−${large}` },
    ],
    columnsOf: (tensor) => epochs.map((epoch) => epoch[kind]?.[tensor] && sharesOf(epoch[kind][tensor], inner)),
  };
}

function sharesOf({ first, counts }: Distribution, inner: number): number[] {
  const rows = new Array<number>(2 * drawn + 1).fill(0);
  let all = 0;
  for (const [at, count] of counts.entries()) {
    const step = first + at - middle;
    const beyond = Math.max(0, Math.abs(step) - inner);
    rows[drawn - Math.sign(step) * beyond] += count;
    all += count;
  }
  return rows.map((count) => count / Math.max(1, all));
}
