/** Pictures of other sizes and channels than an extractor was trained on, by layers of the very network. */
import type { PictureSize } from '../../spec/field.js';
import type { FittedPicture } from '../../spec/fitted-steps.js';
import type { LayerSpec } from '../../spec/layer.js';

/** How pictures come to an extractor: normalised as data, and the layers before its own with their weights. */
export interface Adapted {
  /** [channels] of the pictures. */
  mean: number[];
  deviation: number[];
  layers: LayerSpec[];
  weights: Float32Array;
}

/** What the last of these layers is called by those that read it. */
export const adaptedName = 'pictures';

/** Shares of red, green and blue in what is seen as bright (ITU-R BT.601). */
const brightness = [0.299, 0.587, 0.114];

/**
 * @param known what the extractor was trained on
 * @param size of the pictures that are to be learnt from
 * @param shrinks whether it may be given smaller pictures than these
 */
export function adapted(known: Pick<FittedPicture, 'size' | 'mean' | 'deviation'>, size: PictureSize, shrinks: boolean): Adapted {
  const { mean, deviation } = known;
  const shrunk = shrinks ? shrinking(known.size, size) : [];
  if (size.channels === known.size.channels) {
    return { mean, deviation, layers: shrunk.map((layer) => ({ ...layer, name: adaptedName })), weights: new Float32Array() };
  }
  const filters = known.size.channels;
  const mixing: LayerSpec = { kind: 'conv2d', name: adaptedName, filters, kernel: [1, 1], activation: 'linear' };
  const from = Array.from({ length: size.channels }, (_, channel) => channel);
  const shares = from.flatMap((channel) => deviation.map((each) => shareOf(channel, size.channels) / each));
  const shifts = mean.map((each, to) => -each / deviation[to]);
  return {
    mean: from.map(() => 0),
    deviation: from.map(() => 1),
    layers: [...shrunk, mixing],
    weights: Float32Array.from([...shares, ...shifts]),
  };
}

/** What one channel of the pictures gives to one of the extractor's: of red, green and blue their brightness, of grey itself. */
const shareOf = (channel: number, channels: number): number => (channels === 3 ? brightness[channel] : 1);

/** Pictures that are several times as large are brought near the size that it knows, where strokes are as wide as those it has learnt. */
function shrinking(known: PictureSize, size: PictureSize): LayerSpec[] {
  const times = Math.floor(Math.min(size.height / known.height, size.width / known.width));
  return times > 1 ? [{ kind: 'averagePool2d', size: [times, times], padding: 'same' }] : [];
}
