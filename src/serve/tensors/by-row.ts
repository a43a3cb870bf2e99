/**
 * Whether a model answers each row by itself, so that requests of several callers may be computed together: an open first axis says nothing of that,
 * and a graph that sums along it would tell one caller of another. So it is tried: two rows together, and each alone.
 */
import { Random } from '../../base/random.js';
import { isClose } from '../../infer/tensors/close.js';
import { exampleTensor } from '../../infer/tensors/example.js';
import type { TensorPredictor } from '../../infer/tensors/predictor.js';
import { elementsIn, type NamedTensor } from '../../infer/tensors/tensor.js';
import type { TensorSpec } from '../../spec/tensor-model.js';
import { rowsOf, stacked } from './stack.js';

/** Of axes behind the first that are open. */
const exampleExtent = 2;
/** Elements of a row: a larger one takes longer to make than batches gain. */
const mostElements = 2 ** 20;
/** Relative to the largest value of an output: other shapes are computed in another order. */
const tolerance = 1e-4;
/** Milliseconds of all of it: a model may loop for ever. */
const usualPatience = 10_000;

export const hasRows = ({ shape = [] }: TensorSpec): boolean => shape.length > 0 && typeof shape[0] !== 'number';

/** False where it cannot be told: then it is answered one request at a time. */
export async function answersByRow(predictor: TensorPredictor, patience = usualPatience): Promise<boolean> {
  const { inputs, outputs } = predictor;
  if (inputs.length === 0 || ![...inputs, ...outputs].every(hasRows)) return false;
  if (inputs.reduce((sum, spec) => sum + elementsIn(extentsOf(spec)), 0) > mostElements) return false;
  const signal = AbortSignal.timeout(patience);
  try {
    const rows = [0, 1].map((row) => inputs.map((spec, index) => exampleOf(spec, row, index)));
    const together = await predictor.run(
      inputs.map((_, index) => stacked(rows.map((tensors) => tensors[index]))),
      { signal },
    );
    if (together.some(({ shape }) => shape[0] !== rows.length)) return false;
    for (const [row, tensors] of rows.entries()) {
      const alone = await predictor.run(tensors, { signal });
      if (!alone.every((output, index) => isClose(output, rowsOf(together[index], row, 1), tolerance))) return false;
    }
    return true;
  } catch {
    return false;
  }
}

const extentsOf = ({ shape = [] }: TensorSpec): number[] =>
  shape.slice(1).map((extent) => (typeof extent === 'number' ? extent : exampleExtent));

/** Whole numbers are 0 and 1, and differ from row to row. */
function exampleOf(spec: TensorSpec, row: number, input: number): NamedTensor {
  const random = new Random(1 + row, `example ${input}`);
  return exampleTensor(spec, [1, ...extentsOf(spec)], { random, whole: (place) => (place + row) % 2 });
}
