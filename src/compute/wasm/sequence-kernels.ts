/** The signatures of the kernels for branches and sequences. What they compute is said in `assembly/`. */
import type { Address } from './address.js';

export interface SequenceKernels {
  add(one: Address, other: Address, output: Address, count: number): void;
  addToRows(input: Address, row: Address, output: Address, rows: number, width: number): void;
  copyColumns(source: Address, sourceStride: number, target: Address, targetStride: number, rows: number, width: number): void;
  fillZero(target: Address, count: number): void;
  maskOf(input: Address, mask: Address, places: number, channels: number, padding: number): void;
  maskedAverage(input: Address, mask: Address, output: Address, rows: number, places: number, channels: number, isGradient: boolean): void;
  globalMaximum(input: Address, mask: Address, output: Address, rows: number, places: number, channels: number): void;
  globalMaximumGradient(
    input: Address,
    mask: Address,
    output: Address,
    gradient: Address,
    inputGradient: Address,
    rows: number,
    places: number,
    channels: number,
  ): void;
  recurrentStep(
    projected: Address,
    recurrent: Address,
    candidate: Address,
    previous: Address,
    next: Address,
    mask: Address,
    rows: number,
    units: number,
    gateStride: number,
    stateStride: number,
    nextStride: number,
    maskStride: number,
  ): void;
  recurrentStepGradient(
    projected: Address,
    candidate: Address,
    previous: Address,
    gradient: Address,
    carry: Address,
    back: Address,
    mask: Address,
    rows: number,
    units: number,
    gateStride: number,
    stateStride: number,
    gradientStride: number,
    maskStride: number,
  ): void;
  attend(
    joined: Address,
    shares: Address,
    output: Address,
    mask: Address,
    rows: number,
    places: number,
    heads: number,
    size: number,
    isCausal: boolean,
    scratch: Address,
    gemmScratch: Address,
  ): void;
  attendGradient(
    joined: Address,
    shares: Address,
    gradient: Address,
    joinedGradient: Address,
    rows: number,
    places: number,
    heads: number,
    size: number,
    scratch: Address,
    gemmScratch: Address,
  ): void;
}
