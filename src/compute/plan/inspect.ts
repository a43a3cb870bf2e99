/** What a network would be, told without running it: shapes, parameters, memory and work of every layer, and what is wrong at which. */
import * as z from 'zod/mini';
import { InputError } from '../../base/errors.js';
import { LayerSpec } from '../../spec/layer.js';
import { ModelSpec } from '../../spec/model.js';
import { type OptimizerName, optimizers } from '../../spec/optimisation.js';
import { validate } from '../../spec/validate.js';
import { type LayerNode, readGraph } from './graph.js';
import { lowerInference, lowerTraining } from './lower.js';
import { slotCount } from './optimizer-state.js';
import { type Parameter, parametersOf } from './parameters.js';
import { sizeOf } from './shapes.js';
import { productsOf } from './work.js';

export interface LayerDescription {
  kind: LayerSpec['kind'];
  name?: string;
  /** The places in `layers` of what it reads; −1 is the network's input. A mask comes last. */
  reads: number[];
  /** Of one example, without the rows: of everything that it reads in order, without the mask. */
  inputShapes: number[][];
  outputShape: number[];
  /** Numbers that it keeps, running moments included. */
  parameters: number;
  /** Those of them that an optimizer changes. */
  learned: number;
  /** Bytes of its outputs for the batch, 32-bit numbers. A view of what it reads takes none. */
  activationBytes: number;
  /** Of one example forward: multiplications, each with its addition, in products of matrices and windows. */
  multiplyAdds: number;
}

export interface ModelTotals {
  parameters: number;
  learned: number;
  multiplyAdds: number;
  /** Bytes of a training with this batch and optimizer, as the wasm device allocates them. */
  bytes: {
    weights: number;
    gradients: number;
    optimizer: number;
    /** Inputs, outputs of layers, and what their gradients need; places are shared where their times allow it. */
    activations: number;
    all: number;
  };
}

export interface ModelDescription extends ModelTotals {
  batchSize: number;
  layers: LayerDescription[];
}

/** What is wrong, at the place in `layers`, or with the network as a whole. */
export interface LayerProblem {
  layer: number | undefined;
  error: InputError;
}

export interface ModelInspection {
  /** As far as the layers go together. */
  layers: LayerDescription[];
  problems: LayerProblem[];
  /** Left out where something is wrong. */
  totals?: ModelTotals;
}

const DescriptionOptions = z.object({
  /** Rows of a step: 32 when left out. */
  batchSize: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(65_536))),
  /** `adam` when left out. */
  optimizer: z.optional(z.enum(optimizers)),
});
export type DescriptionOptions = z.infer<typeof DescriptionOptions>;

const bytesPerNumber = 4;
const usualBatch = 32;

/**
 * Every layer's shapes, parameters, memory and multiply-adds, and those of the whole, without running anything.
 * @throws InputError `invalid-description-options`, `invalid-model-spec`, `layer-shape` or `layer-name`, naming the layer, what it is given and what it needs
 */
export function describeModel(model: ModelSpec, options: DescriptionOptions = {}): ModelDescription {
  const { batchSize = usualBatch, optimizer } = validate(DescriptionOptions, options, 'description-options');
  const checked = validate(ModelSpec, model, 'model-spec');
  const { layers, problems, totals } = inspectModel(checked, { batchSize, optimizer });
  if (!totals) throw problems[0].error;
  return { batchSize, layers, ...totals };
}

/**
 * The same of a network that is being written: what is wrong is told beside what is already right.
 * @param model its `layers` may be anything; what stands around them is right
 */
export function inspectModel(model: ModelSpec, { batchSize = usualBatch, optimizer = 'adam' }: DescriptionOptions = {}): ModelInspection {
  const invalid = model.layers.flatMap((layer, index) => invalidLayer(layer, index));
  const whole = invalid.length === 0;
  const readable = whole ? model : { ...model, layers: model.layers.slice(0, invalid[0].layer) };
  const { nodes, problem } = readGraph(readable);
  const parameters = byLayer(parametersOf(readable, nodes));
  const layers = nodes.map((node) => describeNode(node, parameters[node.index] ?? [], batchSize));
  // Before an invalid layer, nothing is known of who reads what and how it ends.
  const isKnown = problem && (whole || nodes.length < readable.layers.length);
  const unfit = isKnown ? [{ layer: placeOf(problem), error: problem }] : [];
  const problems = [...unfit, ...invalid];
  return problems.length > 0 ? { layers, problems } : { layers, problems, totals: totalsOf(model, layers, batchSize, optimizer) };
}

const placeOf = ({ place }: InputError): number | undefined => (typeof place.layer === 'number' ? place.layer - 1 : undefined);

function invalidLayer(layer: unknown, index: number): LayerProblem[] {
  try {
    validate(LayerSpec, layer, 'layer');
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [{ layer: index, error }];
  }
}

function byLayer(parameters: readonly Parameter[]): Parameter[][] {
  const layers: Parameter[][] = [];
  for (const parameter of parameters) {
    layers[parameter.layer] = [...(layers[parameter.layer] ?? []), parameter];
  }
  return layers;
}

function describeNode(node: LayerNode, parameters: readonly Parameter[], batchSize: number): LayerDescription {
  const { layer, inputs, mask, inputShapes, outputShape } = node;
  const sum = (some: readonly Parameter[]): number => some.reduce((total, { size }) => total + size, 0);
  return {
    kind: layer.kind,
    ...(layer.name === undefined ? {} : { name: layer.name }),
    reads: mask === undefined ? [...inputs] : [...inputs, mask],
    inputShapes: inputShapes.map((shape) => [...shape]),
    outputShape: [...outputShape],
    parameters: sum(parameters),
    learned: sum(parameters.filter(({ learned }) => learned)),
    activationBytes: layer.kind === 'flatten' ? 0 : bytesPerNumber * batchSize * sizeOf(outputShape),
    multiplyAdds: productsOf(layer, inputShapes[0], outputShape),
  };
}

function totalsOf(model: ModelSpec, layers: readonly LayerDescription[], batchSize: number, optimizer: OptimizerName): ModelTotals {
  const total = (of: 'parameters' | 'learned' | 'multiplyAdds'): number => layers.reduce((sum, layer) => sum + layer[of], 0);
  const parameters = total('parameters');
  // Moments lie beside every weight, also beside running moments, which they leave alone: a checkpoint then fits every device.
  const weights = bytesPerNumber * parameters;
  const state = weights * slotCount({ kind: optimizer === 'adamw' ? 'adam' : optimizer });
  // One place for both: a training judges its validation rows between its steps.
  const activations = bytesPerNumber * Math.max(lowerTraining(model, batchSize).arenaSize, lowerInference(model, batchSize).arenaSize);
  return {
    parameters,
    learned: total('learned'),
    multiplyAdds: total('multiplyAdds'),
    bytes: { weights, gradients: weights, optimizer: state, activations, all: 2 * weights + state + activations },
  };
}
