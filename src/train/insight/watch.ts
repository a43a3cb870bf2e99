/** Looks at a network as each epoch ends. Costs nothing to what is learnt: weights and gradients are read, the answers are there already. */
import type { Network } from '../../compute/engine.js';
import { type Parameter, parametersOf } from '../../compute/plan/parameters.js';
import type { Distribution, InsightEpoch, InsightTensor, RunInsight } from '../../spec/insight.js';
import type { ModelSpec } from '../../spec/model.js';
import { magnitudesOf } from '../../stats/magnitudes.js';
import type { Part } from '../part.js';
import { answersTo, examplePlaces, examplesOf } from './examples.js';
import { isKept, keepEpoch } from './keep.js';

/** Numbers of a tensor that are looked at: enough for its shape, and quick also where there are millions. */
const mostLooked = 4096;
/** Steps from one look to the next, where that still leaves `fewestLooks`: about a hundredth of the time of training. */
const stepsBetween = 48;
const fewestLooks = 16;

export interface Watched {
  model: ModelSpec;
  validation: Part;
  /** The numbers that validation rows have in their dataset. */
  rows: Uint32Array;
  seed: number;
  epochs: number;
  stepsPerEpoch: number;
  /** What was seen before a training was cut off. */
  earlier?: RunInsight | undefined;
}

export class Watch {
  /** Grows with every epoch. */
  readonly insight: RunInsight;
  readonly #watched: Watched;
  readonly #places: number[];
  readonly #tensors: { parameter: Parameter; stride: number }[];

  constructor(watched: Watched) {
    const { model, validation, rows, seed, earlier } = watched;
    const { truth } = validation;
    this.#watched = watched;
    this.#places = examplePlaces(truth, seed);
    this.#tensors = parametersOf(model)
      .filter(({ learned }) => learned)
      .map((parameter) => ({ parameter, stride: strideOf(parameter) }));
    this.insight = earlier ?? {
      tensors: this.#tensors.map((tensor) => described(model, tensor)),
      examples: examplesOf(truth, this.#places, rows),
      ...(truth.kind === 'classes' ? { classes: truth.classes } : {}),
      every: everyOf(watched),
      epochs: [],
    };
  }

  /** @param outputs of all validation rows, after the epoch */
  async look(epoch: number, network: Network, outputs: Float32Array): Promise<InsightEpoch> {
    const answers = answersTo(this.#watched.validation.truth, this.#places, outputs);
    const seen: InsightEpoch = isKept(this.insight, epoch)
      ? { epoch, ...(await this.#distributions(network)), answers }
      : { epoch, answers };
    keepEpoch(this.insight, seen);
    return seen;
  }

  async #distributions(network: Network): Promise<Pick<InsightEpoch, 'weights' | 'gradients'>> {
    const gradients = await network.gradients();
    const spread = (numbers: Float32Array): Distribution[] =>
      this.#tensors.map(({ parameter: { offset, size }, stride }) => distributionOf(numbers.subarray(offset, offset + size), stride));
    return { weights: spread(await network.weights()), ...(gradients ? { gradients: spread(gradients) } : {}) };
  }
}

/** Epochs from one look to the next: a function of the training alone, so that the same one is seen in the same way. */
const everyOf = ({ epochs, stepsPerEpoch }: Watched): number =>
  Math.max(1, Math.min(Math.ceil(stepsBetween / stepsPerEpoch), Math.floor(epochs / fewestLooks)));

export function distributionOf(numbers: Float32Array, stride: number): Distribution {
  const { counts, looked, zeros, norm } = magnitudesOf(numbers, stride);
  let first = 0;
  let last = counts.length - 1;
  while (first < last && counts[first] === 0) first++;
  while (last > first && counts[last] === 0) last--;
  return {
    norm: Number.isFinite(norm) ? Number(norm.toPrecision(6)) : null,
    zeros: zeros / Math.max(1, looked),
    first,
    counts: Array.from(counts.subarray(first, last + 1)),
  };
}

/** Has no divisor in common with the last axis, so that every unit has its turn. */
function strideOf({ size, shape }: Parameter): number {
  let stride = Math.ceil(size / mostLooked);
  while (commonDivisor(stride, shape[shape.length - 1]) > 1) stride++;
  return stride;
}

const commonDivisor = (one: number, other: number): number => (other === 0 ? one : commonDivisor(other, one % other));

const described = (model: ModelSpec, { parameter, stride }: { parameter: Parameter; stride: number }): InsightTensor => {
  const { layer, role, shape, size } = parameter;
  return { layer, kind: model.layers[layer].kind, role, shape: [...shape], size, looked: Math.ceil(size / stride) };
};
