/** A network of another program, put together again from our own layers: every format that is read ends here. */
import { BenchwrightError, InputError } from '../../../base/errors.js';
import { joined } from '../../../base/joined.js';
import { networkInput } from '../../../compute/plan/graph.js';
import { parametersOf } from '../../../compute/plan/parameters.js';
import { outputShape, type Shape, sizeOf } from '../../../compute/plan/shapes.js';
import { inputName, LayerSpec } from '../../../spec/layer.js';
import { type Loss, ModelSpec } from '../../../spec/model.js';
import { validate } from '../../../spec/validate.js';
import { modelDamaged } from '../damaged.js';

/** What a layer gives, by its place; `networkInput` is what the network is given. */
export type Place = number;

export interface ForeignNetwork {
  model: ModelSpec;
  /** In the plan's order. */
  weights: Float32Array;
}

/** Numbers of one example between two layers: concatenating what was concatenated doubles them each time. */
const mostNumbers = 2 ** 26;
/** As many as a network of ours has. */
const mostLayers = 256;

interface Piece {
  layer: LayerSpec;
  inputs: Place[];
  weights: readonly Float32Array[];
  shape: Shape;
  name: string;
}

export class NetworkBuilder {
  readonly #input: Shape;
  readonly #pieces: Piece[] = [];

  /** @param input of one example, channels last */
  constructor(input: Shape) {
    this.#input = input;
  }

  shapeOf(place: Place): Shape {
    return place === networkInput ? this.#input : this.#pieces[place].shape;
  }

  layerAt(place: Place): LayerSpec | undefined {
    return this.#pieces[place]?.layer;
  }

  /** What a layer reads. */
  inputsOf(place: Place): readonly Place[] {
    return this.#pieces[place]?.inputs ?? [];
  }

  /**
   * @param weights of its parameters, in the plan's order, each in our own order of axes
   * @param name what the other program calls it, from which its name is made here
   * @throws InputError `layer-shape`, `invalid-layer` or `model-too-large`
   */
  add(layer: LayerSpec, inputs: readonly Place[], name: string, weights: readonly Float32Array[] = []): Place {
    const checked = validate(LayerSpec, layer, 'layer');
    const shape = outputShape(
      checked,
      inputs.map((place) => this.shapeOf(place)),
    );
    if (!(sizeOf(shape) <= mostNumbers) || this.#pieces.length >= 4 * mostLayers) {
      throw new InputError(
        'model-too-large',
        `The network is too large: at most ${mostLayers} layers of ${mostNumbers} numbers can be had.`,
        {
          advice: 'Give a smaller network.',
        },
      );
    }
    this.#pieces.push({ layer: checked, inputs: [...inputs], weights, shape, name });
    return this.#pieces.length - 1;
  }

  /**
   * What leads to an output, as a network that ends flat; what nothing reads is left out.
   * @throws InputError `model-damaged`, or as `graphOf` does
   */
  finish(output: Place, loss: Loss = 'meanSquaredError'): ForeignNetwork {
    const last = this.shapeOf(output).length > 1 || output === networkInput ? this.add({ kind: 'flatten' }, [output], 'features') : output;
    const needed = new Set<Place>([last]);
    for (let place = last; place >= 0; place--) if (needed.has(place)) for (const input of this.#pieces[place].inputs) needed.add(input);
    const kept = [...needed].filter((place) => place !== networkInput).sort((one, other) => one - other);
    const names = namesOf(kept.map((place) => this.#pieces[place].name));
    const nameOf = (place: Place): string => (place === networkInput ? inputName : names[kept.indexOf(place)]);
    const layers = kept.map((place): LayerSpec => {
      const { layer, inputs } = this.#pieces[place];
      const from = inputs.map(nameOf);
      return { ...layer, name: nameOf(place), from: layer.kind === 'add' || layer.kind === 'concatenate' ? from : from[0] } as LayerSpec;
    });
    const model = validate(ModelSpec, { inputs: sizeOf(this.#input), shape: [...this.#input], layers, loss }, 'model');
    const weights = kept.flatMap((place) => this.#pieces[place].weights);
    requireFitting(model, weights);
    return { model, weights: joined(weights, (length) => new Float32Array(length)) };
  }
}

/** As the other program calls them, as far as ours can be called so. Of several that stand for one, the last has its name: it gives what that one gave. */
function namesOf(hints: readonly string[]): string[] {
  const taken = new Set<string>([inputName]);
  return [...hints]
    .reverse()
    .map((hint) => {
      const stem =
        hint
          .replace(/[^A-Za-z0-9_.-]/g, '.')
          .replace(/^[^A-Za-z]+/, '')
          .slice(0, 56) || 'layer';
      let name = stem;
      for (let number = 2; taken.has(name); number++) name = `${stem}.${number}`;
      taken.add(name);
      return name;
    })
    .reverse();
}

function requireFitting(model: ModelSpec, weights: readonly Float32Array[]): void {
  const parameters = parametersOf(model);
  if (parameters.length !== weights.length) throw modelDamaged(`${weights.length} tensors are there for ${parameters.length} parameters`);
  parameters.forEach(({ layer, size }, index) => {
    const { name = '' } = model.layers[layer];
    if (weights[index].length !== size)
      throw modelDamaged(`the weights of "${name}" are ${weights[index].length} numbers, and not ${size}`);
    if (!weights[index].every(Number.isFinite)) throw modelDamaged(`the weights of "${name}" hold a number that is not finite`);
  });
}

/** @throws InputError `network-not-convertible` */
export function requireOne(what: 'inputs' | 'outputs', count: number): void {
  if (count === 1) return;
  throw new InputError('network-not-convertible', `The model has ${count} ${what}; a network of ours has one.`, {
    advice: 'As ONNX it can be used as it is: a model of tensors has as many as it likes.',
  });
}

/** A layer that ours cannot stand for. @param kind of it, in the other program's words */
export const notConvertible = (name: string, kind: string, why: string, cause?: unknown): InputError =>
  new InputError('network-not-convertible', `"${name.slice(0, 200)}" (${kind.slice(0, 100)}) cannot be a layer of ours: ${why}.`, {
    advice:
      cause instanceof BenchwrightError && cause.advice ? cause.advice : 'Take it out of the model, or use the model as it is, as ONNX.',
    place: { layer: name.slice(0, 200), kind: kind.slice(0, 100) },
    cause,
  });
