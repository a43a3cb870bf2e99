/** The compiled kernels: their signatures, and how a module becomes functions over a memory. What they compute is said in `assembly/`. */
import { DeviceError } from '../../base/errors.js';
import type { Activation } from '../../spec/layer.js';
import { activations } from '../../spec/layer.js';
import type { Window2d } from '../plan/window.js';
import type { Address } from './address.js';
import { kernelsBase64 } from './kernels.generated.js';
import type { SequenceKernels } from './sequence-kernels.js';

export const wasmDescription = 'Processor, by WebAssembly with SIMD on one thread';

/** A window as the kernels take it; see `windowArguments`. */
export type WindowArguments = [
  height: number,
  width: number,
  channels: number,
  outHeight: number,
  outWidth: number,
  outChannels: number,
  kernelHeight: number,
  kernelWidth: number,
  strideHeight: number,
  strideWidth: number,
  dilationHeight: number,
  dilationWidth: number,
  top: number,
  left: number,
  bottom: number,
  right: number,
];

export const windowArguments = ({ input, output, kernel, strides, dilation, padding }: Window2d): WindowArguments => [
  ...input,
  ...output,
  ...kernel,
  ...strides,
  ...dilation,
  padding.top,
  padding.left,
  padding.bottom,
  padding.right,
];

export interface Kernels extends SequenceKernels {
  activate(activation: number, input: Address, output: Address, count: number): void;
  activateGradient(activation: number, value: Address, gradient: Address, count: number): void;
  adam(
    weights: Address,
    gradients: Address,
    means: Address,
    variances: Address,
    count: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    stepSize: number,
    varianceScale: number,
    decay: number,
    l2: number,
  ): void;
  sgd(
    weights: Address,
    gradients: Address,
    velocities: Address,
    count: number,
    momentum: number,
    nesterov: boolean,
    learningRate: number,
    decay: number,
    l2: number,
  ): void;
  rmsprop(
    weights: Address,
    gradients: Address,
    squares: Address,
    count: number,
    squareDecay: number,
    epsilon: number,
    learningRate: number,
    decay: number,
    l2: number,
  ): void;
  convolve(
    input: Address,
    weights: Address,
    bias: Address,
    output: Address,
    rows: number,
    scratch: Address,
    isRelu: boolean,
    ...window: WindowArguments
  ): void;
  convolveWeightsGradient(
    input: Address,
    gradient: Address,
    weightsGradient: Address,
    rows: number,
    scratch: Address,
    ...window: WindowArguments
  ): void;
  convolveInputGradient(
    gradient: Address,
    weights: Address,
    inputGradient: Address,
    rows: number,
    scratch: Address,
    ...window: WindowArguments
  ): void;
  convolveDepthwise(input: Address, weights: Address, bias: Address, output: Address, rows: number, ...window: WindowArguments): void;
  convolveDepthwiseWeightsGradient(
    input: Address,
    gradient: Address,
    weightsGradient: Address,
    rows: number,
    ...window: WindowArguments
  ): void;
  convolveDepthwiseInputGradient(
    gradient: Address,
    weights: Address,
    inputGradient: Address,
    rows: number,
    ...window: WindowArguments
  ): void;
  maximumPool(input: Address, output: Address, rows: number, ...window: WindowArguments): void;
  maximumPoolGradient(
    input: Address,
    output: Address,
    gradient: Address,
    inputGradient: Address,
    rows: number,
    isRelu: boolean,
    ...window: WindowArguments
  ): void;
  averagePool(input: Address, output: Address, rows: number, isGradient: boolean, ...window: WindowArguments): void;
  globalAverage(input: Address, output: Address, rows: number, places: number, channels: number, isGradient: boolean): void;
  batchMoments(
    input: Address,
    moments: Address,
    mean: Address,
    variance: Address,
    count: number,
    channels: number,
    momentum: number,
    epsilon: number,
  ): void;
  normalizeChannels(
    input: Address,
    output: Address,
    mean: Address,
    inverse: Address,
    scale: Address,
    shift: Address,
    count: number,
    channels: number,
  ): void;
  inverseDeviations(variance: Address, inverse: Address, channels: number, epsilon: number): void;
  batchNormalizationGradient(
    input: Address,
    gradient: Address,
    inputGradient: Address,
    moments: Address,
    scale: Address,
    scaleGradient: Address,
    shiftGradient: Address,
    count: number,
    channels: number,
  ): void;
  layerNormalization(
    input: Address,
    output: Address,
    scale: Address,
    shift: Address,
    count: number,
    channels: number,
    epsilon: number,
  ): void;
  layerNormalizationGradient(
    input: Address,
    gradient: Address,
    inputGradient: Address,
    scale: Address,
    scaleGradient: Address,
    shiftGradient: Address,
    count: number,
    channels: number,
    epsilon: number,
  ): void;
  embed(indices: Address, weights: Address, output: Address, count: number, dimension: number): void;
  embedGradient(indices: Address, gradient: Address, weightsGradient: Address, count: number, vocabulary: number, dimension: number): void;
  dropout(input: Address, output: Address, count: number, first: number, key: number, threshold: number, scale: number): void;
  gemm(
    a: Address,
    aRow: number,
    aDepth: number,
    b: Address,
    bDepth: number,
    bColumn: number,
    c: Address,
    rows: number,
    columns: number,
    depth: number,
    scratch: Address,
    bias: Address,
    activation: number,
  ): void;
  sumColumns(matrix: Address, sums: Address, rows: number, columns: number): void;
  softmax(logits: Address, probabilities: Address, rows: number, width: number): void;
  softmaxCrossEntropy(logits: Address, targets: Address, gradient: Address, rows: number, width: number, smoothing: number): number;
  sigmoidCrossEntropy(logits: Address, targets: Address, gradient: Address, count: number, smoothing: number): number;
  meanSquaredError(outputs: Address, targets: Address, gradient: Address, count: number): number;
  meanAbsoluteError(outputs: Address, targets: Address, gradient: Address, count: number): number;
  huber(outputs: Address, targets: Address, gradient: Address, count: number, delta: number): number;
  clipByValue(values: Address, count: number, limit: number): void;
  clipByNorm(values: Address, count: number, limit: number): void;
}

/** Numbers of scratch that `gemm` uses: a row of bias, a panel of B, an edge tile and a block of A, as in assembly/gemm.ts. */
export const gemmScratch = 8 + 256 * 8 + 4 * 8 + 128 * 256;

/** The kernels know activations by number: their place in the vocabulary. */
export const activationCode = (activation: Activation): number => activations.indexOf(activation);

let compiled: Promise<WebAssembly.Module> | undefined;

/** Compiles the kernels, once. @throws DeviceError `no-device` where there is no WebAssembly with SIMD */
export function compileKernels(): Promise<WebAssembly.Module> {
  compiled ??= WebAssembly.compile(Uint8Array.from(atob(kernelsBase64), (character) => character.charCodeAt(0))).catch((cause: unknown) => {
    throw new DeviceError('no-device', 'WebAssembly with SIMD does not run here.', {
      advice: 'Use a browser from 2023 or later, or allow WebAssembly in this one.',
      cause,
    });
  });
  return compiled;
}

export function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}
