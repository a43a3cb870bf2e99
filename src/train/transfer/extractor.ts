/**
 * The first layers of a trained network, as they are, in front of layers that are still to be trained: transfer learning with frozen
 * features (1411.1792). Extractor and head are one network afterwards, which runs, is saved and is exported as any other.
 */
import { InputError } from '../../base/errors.js';
import { joined } from '../../base/joined.js';
import { graphOf, type LayerNode } from '../../compute/plan/graph.js';
import { outputWidth, parametersOf } from '../../compute/plan/parameters.js';
import type { PictureSize } from '../../spec/field.js';
import type { FittedPicture } from '../../spec/fitted-steps.js';
import { inputName, type LayerSpec } from '../../spec/layer.js';
import type { ModelSpec } from '../../spec/model.js';
import type { ExtractorSpec } from '../../spec/training.js';
import { rewired } from '../rewired.js';
import { adapted, adaptedName } from './adapt.js';
import { ancestorsOf, chosenNode, needsItsSize } from './cut.js';

export interface TrainedNetwork {
  name: string;
  model: ModelSpec;
  /** The pictures that it was trained on. */
  pictures: Pick<FittedPicture, 'size' | 'mean' | 'deviation'>;
  /** In the plan's order. */
  weights: Float32Array;
  /** SHA-256 of the weights; of one of another program, of its file. */
  hash: string;
}

export interface Extractor {
  name: string;
  hash: string;
  /** How pictures are normalised for it: [channels]. */
  mean: number[];
  deviation: number[];
  /** From pictures to features; its outputs are taken as they are. */
  model: ModelSpec;
  weights: Float32Array;
  /** Numbers in the features of one picture. */
  width: number;
}

/** Features keep where in the picture they are, in so many places a side. */
const places = 4;
/** What the last of the extractor's layers is called by a head that names what it reads. */
const featuresName = 'features';

/** @throws InputError `extractor-output` or `extractor-size` */
export function extractorOf(trained: TrainedNetwork, size: PictureSize, { output }: ExtractorSpec = {}): Extractor {
  const { name, model, weights, hash, pictures: step } = trained;
  const nodes = graphOf(model);
  const last = chosenNode(nodes, output);
  const kept = ancestorsOf(nodes, last.index);
  const isFixed = kept.some((node) => needsItsSize(node, nodes));
  if (isFixed && (size.height !== step.size.height || size.width !== step.size.width)) throw wrongSize(name, step.size, size);
  const before = adapted(step, size, !isFixed);
  const layers = [...before.layers, ...renumbered(kept, before.layers.length > 0)];
  const shape = [size.height, size.width, size.channels];
  const features = (more: LayerSpec[]): ModelSpec => ({
    inputs: shape.reduce((product, extent) => product * extent, 1),
    shape,
    layers: [...layers, ...more],
    // Values are given as they are.
    loss: 'meanSquaredError',
  });
  const whole = fitting(() => features(ending(last, features([{ kind: 'flatten' }]))), wrongSize(name, step.size, size));
  const own = parametersOf(model).filter(({ layer }) => kept.some(({ index }) => index === layer));
  return {
    name,
    hash,
    mean: before.mean,
    deviation: before.deviation,
    model: whole,
    weights: joined([before.weights, ...own.map(({ offset, size: length }) => weights.subarray(offset, offset + length))], zeros),
    width: outputWidth(whole),
  };
}

/** The network of an extractor and the head behind it, and its weights: what is saved. */
export function withHead(extractor: Extractor, head: ModelSpec, weights: Float32Array): { model: ModelSpec; weights: Float32Array } {
  const layers = head.layers.map((layer) => rewired(layer, (name) => (name === inputName ? featuresName : name)));
  return {
    model: { ...extractor.model, layers: [...extractor.model.layers, ...layers], loss: head.loss, ...deltaOf(head) },
    weights: joined([extractor.weights, weights], zeros),
  };
}

const deltaOf = ({ delta }: ModelSpec): Pick<ModelSpec, 'delta'> => (delta === undefined ? {} : { delta });

/** Maps of features become few places, and then flat; what is flat stays. */
function ending({ outputShape }: LayerNode, whole: ModelSpec): LayerSpec[] {
  const flat: LayerSpec = { kind: 'flatten', name: featuresName };
  if (outputShape.length !== 3) return [flat];
  const { inputShapes } = graphOf(whole)[whole.layers.length - 1];
  const [height, width] = inputShapes[0];
  const size: [number, number] = [Math.ceil(height / places), Math.ceil(width / places)];
  return size[0] * size[1] > 1 ? [{ kind: 'averagePool2d', size, padding: 'same' }, flat] : [flat];
}

/** Windows may not go with small pictures. */
function fitting(make: () => ModelSpec, otherwise: InputError): ModelSpec {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    const { code, message, advice, place } = otherwise;
    throw new InputError(code, `${message} ${cause.message}`, { advice, place, cause });
  }
}

/** Layers that stand next to other ones now: each names what it reads. */
function renumbered(kept: readonly LayerNode[], hasBefore: boolean): LayerSpec[] {
  const nameOf = (index: number): string => (index < 0 ? (hasBefore ? adaptedName : inputName) : `extractor.${index + 1}`);
  return kept.map(({ layer, index, inputs, mask }): LayerSpec => {
    const from = inputs.map(nameOf);
    return {
      ...layer,
      name: nameOf(index),
      from: Array.isArray(layer.from) ? from : from[0],
      ...(mask === undefined ? {} : { mask: nameOf(mask) }),
    } as LayerSpec;
  });
}

const zeros = (length: number): Float32Array => new Float32Array(length);

const wrongSize = (name: string, known: PictureSize, size: PictureSize): InputError =>
  new InputError(
    'extractor-size',
    `The layers taken of "${name}" need pictures of ${known.width} × ${known.height}; these have ${size.width} × ${size.height}.`,
    {
      advice: 'Name a convolution or pooling layer as "extractor.output": those read pictures of any size.',
      place: { field: 'extractor' },
    },
  );
