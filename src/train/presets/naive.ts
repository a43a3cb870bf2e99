/**
 * A forecast as a change from what is foretold without a model: to the last layer's outputs the values of one season before are added, as they
 * stand in the window. An untrained network is then about as good as the seasonal naive forecast, weight decay draws towards it, and a level
 * that rises beyond all that was learnt is carried on.
 */
import type { Sequence } from '../../data/steps/sequence.js';
import { inputName, type LayerSpec } from '../../spec/layer.js';

export interface Season {
  /** After so many rows the series repeats itself. */
  rows: number;
  horizon: number;
  /** Where the target stands among the channels of the window. */
  channel: number;
}

/** A network joins no more layers at once. */
export const mostSeasons = 64;

const window = 'forecast.window';
const change = 'forecast.change';

/** @param layers whose last is as wide as the horizon */
export function fromNaive({ rows, horizon, channel }: Season, { length, channels }: Sequence, layers: LayerSpec[]): LayerSpec[] {
  const last = layers[layers.length - 1];
  const whole = Math.floor(horizon / rows);
  const rest = horizon - whole * rows;
  const first = length - rows;
  const part = (count: number, name: string): LayerSpec => ({ kind: 'slice', from: window, first, count, name });
  const read = [...new Array<string>(whole).fill('forecast.season'), ...(rest > 0 ? ['forecast.rest'] : [])];
  return [
    ...layers.slice(0, -1),
    { ...last, name: change },
    { kind: 'slice', from: inputName, first: 0, count: length * channels },
    { kind: 'reshape', shape: [length, channels] },
    { kind: 'slice', first: channel, count: 1 },
    { kind: 'flatten', name: window },
    ...(whole > 0 ? [part(rows, 'forecast.season')] : []),
    ...(rest > 0 ? [part(rest, 'forecast.rest')] : []),
    ...(read.length > 1 ? [{ kind: 'concatenate' as const, from: read, name: 'forecast.naive' }] : []),
    { kind: 'add', from: [change, read.length > 1 ? 'forecast.naive' : read[0]] },
  ];
}
