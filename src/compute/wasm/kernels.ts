/** The compiled kernels: their signatures, and how a module becomes functions over a memory. What they compute is said in `assembly/`. */
import { DeviceError } from '../../base/errors.js';
import type { Activation } from '../../spec/model.js';
import { activations } from '../../spec/model.js';
import { kernelsBase64 } from './kernels.generated.js';

export const wasmDescription = 'Processor, by WebAssembly with SIMD on one thread';

/** A byte address in the kernels' memory. */
export type Address = number;

export interface Kernels {
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
  dropout(input: Address, output: Address, count: number, key: number, threshold: number, scale: number): void;
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
  softmaxCrossEntropy(logits: Address, targets: Address, gradient: Address, rows: number, width: number): number;
  sigmoidCrossEntropy(logits: Address, targets: Address, gradient: Address, count: number): number;
  meanSquaredError(outputs: Address, targets: Address, gradient: Address, count: number): number;
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
