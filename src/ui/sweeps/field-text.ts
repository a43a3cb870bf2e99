/** Values of a sweep's field as people write them: `16, 32, 64` or `0.001 to 0.1`. */
import type { SweepField, SweepFieldName, SweepSpec } from '../../spec/sweep.js';

export interface OfferedField {
  field: SweepFieldName;
  title: string;
  usual: string;
  /** Ranges are drawn by orders of magnitude. */
  logarithmic?: boolean;
  words?: readonly string[];
}

export const offeredFields: readonly OfferedField[] = [
  { field: 'learningRate', title: 'Learning rate', usual: '0.0003 to 0.03', logarithmic: true },
  { field: 'weightDecay', title: 'Weight decay', usual: '0.001 to 1', logarithmic: true },
  { field: 'hiddenUnits', title: 'Hidden units', usual: '16, 32, 64, 128' },
  { field: 'hiddenLayers', title: 'Hidden layers', usual: '1, 2, 3' },
  { field: 'dropout', title: 'Dropout', usual: '0 to 0.5' },
  { field: 'batchSize', title: 'Batch size', usual: '16, 32, 64, 128' },
  { field: 'activation', title: 'Activation', usual: 'relu, gelu, tanh' },
  { field: 'optimizer', title: 'Optimizer', usual: 'adam, sgd, rmsprop' },
  { field: 'schedule', title: 'Schedule', usual: 'cosine, constant, oneCycle' },
  { field: 'preset', title: 'Model', usual: 'linear, mlp, residual' },
];

/** Values that a grid takes from a range. */
const gridPoints = 5;

/** @returns what is wrong, in words, where it cannot be read */
export function readField({ field, logarithmic }: OfferedField, text: string, method: SweepSpec['method']): SweepField | string {
  const range = /^\s*([^\s,]+)\s*(?:to|…|\.\.)\s*([^\s,]+)\s*$/.exec(text);
  if (range) {
    const [from, to] = [Number(range[1]), Number(range[2])];
    if (!Number.isFinite(from) || !Number.isFinite(to)) return 'A range is two numbers, such as 0.001 to 0.1.';
    if (from >= to) return 'The second number has to be the larger one.';
    const points = method === 'grid' ? { points: gridPoints } : {};
    return { field, kind: logarithmic && from > 0 ? 'logUniform' : 'uniform', from, to, ...points };
  }
  const values = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (Number.isFinite(Number(part)) ? Number(part) : part));
  if (values.length === 0) return 'Give values with commas between, or a range such as 0.001 to 0.1.';
  return { field, kind: 'choice', values };
}

export const fieldTitle = (name: string): string => offeredFields.find(({ field }) => field === name)?.title ?? name;
