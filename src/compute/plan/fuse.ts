/** Operations that do the work of two. */
import type { Operation } from './operation.js';

/**
 * The gradient of a maximum that is followed by that of the relu below it becomes one pass over the largest buffers of a network: a relu
 * lets the gradient through where its output is positive, and of a window only the maximum has one.
 */
export function fuse(operations: readonly Operation[]): Operation[] {
  const fused: Operation[] = [];
  for (const operation of operations) {
    const last = fused.at(-1);
    const isReluBelowMaximum =
      operation.kind === 'activationGradient' &&
      operation.activation === 'relu' &&
      last?.kind === 'maxPool2dGradient' &&
      last.inputGradient === operation.gradient &&
      last.input === operation.value;
    if (isReluBelowMaximum) fused[fused.length - 1] = { ...last, relu: true };
    else fused.push(operation);
  }
  return fused;
}
