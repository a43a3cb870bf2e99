/** One device's trial: is it right, and how long does a training step of this very model take? */
import { throwIfAborted, yieldToEventLoop } from '../base/abort.js';
import { milliseconds } from '../base/clock.js';
import { DeviceError } from '../base/errors.js';
import { Random } from '../base/random.js';
import type { ModelSpec } from '../spec/model.js';
import { median } from '../stats/median.js';
import type { Engine, Network, OptimizerSpec } from './engine.js';
import { indexColumnsOf } from './plan/graph.js';
import { lowerInference } from './plan/lower.js';
import { outputWidth, parameterCount, parametersOf } from './plan/parameters.js';
import { referenceOutputs } from './plan/reference.js';
import { multiplyAdds } from './plan/work.js';
import { withinTime } from './time-limit.js';

export interface Trial {
  /** Of one step: the median of those measured. */
  milliseconds: number;
  /** The losses of the first steps, for comparing devices: a wrong gradient shows in the second. */
  losses: Float32Array;
}

/** What every device is given, made once. */
export interface Exercise {
  model: ModelSpec;
  rows: number;
  weights: Float32Array;
  inputs: Float32Array;
  targets: Float32Array;
  /** Outputs of the first `checkedRows` rows, by plain JavaScript. */
  expected: Float64Array;
  checkedRows: number;
}

const optimizer: OptimizerSpec = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };
const learningRate = 1e-3;
/** Rows of the trial: enough for a graphics processor to show what it can do, fewer for a large model, so that it is over soon. */
const mostRows = 64;
const leastRows = 4;
/** Multiplications, each with its addition, of one step of the trial, forward and backward: some 20 ms on wasm. */
const mostWork = 2e8;
/** The same of the judge, forward only and in plain JavaScript: some 20 ms. */
const mostJudged = 1e7;
/** Steps that every device does first; their losses are compared. */
const comparedSteps = 2;
/** Steps between two readings of the losses: in training they are read seldom, so waiting for them must not count for much. */
const groupSteps = 4;
const mostGroups = 3;
/** Relative to the largest output; single precision over thousands of terms is a hundred times better. */
const tolerance = 1e-3;

/** Of as many rows as let a trial be over soon. */
export function exerciseFor(model: ModelSpec, batchSize: number): Exercise {
  const affordable = Math.floor(mostWork / (3 * multiplyAdds(model)));
  return exerciseOf(model, Math.min(batchSize, mostRows, Math.max(leastRows, affordable)));
}

/** Of a whole batch, however long a step of it takes. */
export function exerciseOf(model: ModelSpec, rows: number): Exercise {
  const random = new Random(1, 'trial');
  const work = multiplyAdds(model);
  const inputs = exampleInputs(model, rows, random);
  const targets = exampleTargets(model, rows, random);
  const weights = plausibleWeights(model, random);
  const checkedRows = Math.min(rows, 4, Math.max(1, Math.floor(mostJudged / work)));
  const expected = referenceOutputs(
    lowerInference(model, checkedRows),
    weights,
    inputs.subarray(0, checkedRows * model.inputs),
    checkedRows,
  );
  return { model, rows, weights, inputs, targets, expected, checkedRows };
}

export interface TrialLimits {
  /** Milliseconds after which no more steps are measured. */
  measuring: number;
  /** Milliseconds that all of it may take; as long as the measuring when left out. */
  patience?: number;
  /** A step slower than this, in milliseconds, ends the trial at once. */
  abandonAbove?: number | undefined;
  /** Heard between steps. */
  signal?: AbortSignal | undefined;
}

/**
 * Verifies the device and times it.
 * @throws DeviceError `wrong-answers`, `device-slow` or the device's own; AbortError
 */
export async function tryDevice(engine: Engine, exercise: Exercise, limits: TrialLimits): Promise<Trial> {
  const { measuring, patience = measuring, abandonAbove = Number.POSITIVE_INFINITY, signal } = limits;
  const start = milliseconds();
  const left = (limit = measuring): number => limit - (milliseconds() - start);
  // What a device does at once, such as compiling, no timer interrupts: at least nothing more is begun.
  const bounded = async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
    if (left(patience) <= 0) throw tooSlow(engine, patience);
    // Whoever may call it off is in another thread, and is heard only where this one is given back.
    if (signal) await yieldToEventLoop();
    throwIfAborted(signal);
    return withinTime(left(patience), `${what} on ${engine.device}`, work());
  };
  const { model, rows, weights, inputs, expected, checkedRows } = exercise;
  const network = await bounded('Preparing', () => engine.prepare(model, { batchSize: rows, seed: 1, optimizer }));
  try {
    network.setWeights(weights);
    const checked = inputs.subarray(0, checkedRows * model.inputs);
    const answers = await bounded('The first answer', () => network.forward(checked, checkedRows));
    verify(engine, answers, expected);
    const began = milliseconds();
    const losses = await bounded('The first step', () => stepAndRead(network, exercise, comparedSteps));
    const times = [(milliseconds() - began) / comparedSteps];
    // The first steps compile and warm up: they count only where there was no time for more.
    const steps = Math.min(groupSteps, Math.max(1, Math.floor(left() / (mostGroups * times[0]))));
    while (times.length <= mostGroups && left() > steps * times[times.length - 1]) {
      const before = milliseconds();
      await bounded('A step', () => stepAndRead(network, exercise, steps));
      times.push((milliseconds() - before) / steps);
      if (times[times.length - 1] > abandonAbove) break;
    }
    return { milliseconds: median(times.length > 1 ? times.slice(1) : times), losses };
  } finally {
    network.dispose();
  }
}

const tooSlow = (engine: Engine, patience: number): DeviceError =>
  new DeviceError('device-slow', `Getting ready on ${engine.device} took longer than ${Math.round(patience)} ms.`, {
    advice: 'Choose the wasm device.',
  });

function exampleInputs(model: ModelSpec, rows: number, random: Random): Float32Array {
  const inputs = Float32Array.from({ length: rows * model.inputs }, () => random.normal());
  const indices = indexColumnsOf(model);
  for (let start = 0; start < inputs.length; start += model.inputs) {
    for (const { column, vocabulary } of indices) inputs[start + column] = random.integer(vocabulary);
  }
  return inputs;
}

function exampleTargets(model: ModelSpec, rows: number, random: Random): Float32Array {
  const width = outputWidth(model);
  if (model.loss === 'softmaxCrossEntropy') return Float32Array.from({ length: rows }, () => random.integer(width));
  const draw = model.loss === 'sigmoidCrossEntropy' ? () => random.integer(2) : () => random.normal();
  return Float32Array.from({ length: rows * width }, draw);
}

/** Random like initial weights, biases too, but quick to draw for a large model; variances are positive. */
function plausibleWeights(model: ModelSpec, random: Random): Float32Array {
  const weights = new Float32Array(parameterCount(model));
  for (const { offset, size, fanIn, role } of parametersOf(model)) {
    const limit = role === 'variance' ? 0.5 : Math.sqrt(3 / fanIn);
    const centre = role === 'variance' || role === 'scale' ? 1 : 0;
    for (let index = offset; index < offset + size; index++) weights[index] = centre + limit * (2 * random.uniform() - 1);
  }
  return weights;
}

async function stepAndRead(network: Network, { inputs, targets, rows }: Exercise, steps: number): Promise<Float32Array> {
  for (let step = 0; step < steps; step++) network.step(inputs, targets, rows, learningRate);
  return network.losses();
}

function verify(engine: Engine, answers: Float32Array, expected: Float64Array): void {
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  const wrong = answers.findIndex((answer, index) => !(Math.abs(answer - expected[index]) <= tolerance * scale));
  if (answers.length === expected.length && wrong < 0) return;
  throw wrongAnswers(engine, `output ${wrong} is ${answers[wrong]}, not ${expected[wrong]}`);
}

/** @throws DeviceError `wrong-answers` when the losses of the same steps differ from another device's */
export function compareLosses(engine: Engine, losses: Float32Array, others: Float32Array): void {
  const wrong = losses.findIndex((loss, index) => !(Math.abs(loss - others[index]) <= tolerance * Math.max(1, Math.abs(others[index]))));
  if (wrong >= 0) throw wrongAnswers(engine, `the loss of step ${wrong + 1} is ${losses[wrong]}, not ${others[wrong]}`);
}

const wrongAnswers = (engine: Engine, what: string): DeviceError =>
  new DeviceError('wrong-answers', `${engine.description} gives wrong answers: ${what}.`, {
    advice: 'Choose the wasm device and update the driver.',
  });
