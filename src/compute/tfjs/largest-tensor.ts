/** How large a network's largest tensor becomes, for devices that limit a single one. */
import type { ModelSpec } from '../../spec/model.js';
import { lowerTraining } from '../plan/lower.js';
import type { Operation } from '../plan/operation.js';
import { parameterCount } from '../plan/parameters.js';

/** In numbers. A composed convolution copies every cell of its window for every place. */
export function largestTensor(model: ModelSpec, batchSize: number): number {
  const { buffers, operations } = lowerTraining(model, batchSize);
  const widths = [...buffers.map(({ width }) => width), ...operations.map(columnsWidth)];
  return Math.max(parameterCount(model), widths.reduce((widest, width) => Math.max(widest, width), 0) * batchSize);
}

function columnsWidth(operation: Operation): number {
  if (operation.kind !== 'conv2d') return 0;
  const { kernel, input, output, dilation } = operation.window;
  if (dilation[0] * dilation[1] === 1) return 0;
  return kernel[0] * kernel[1] * input[2] * output[0] * output[1];
}
