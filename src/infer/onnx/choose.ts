/**
 * Which provider runs a model, by measuring the very file: wasm first, since it is there everywhere; a graphics processor only where wasm takes long
 * enough for that to pay, within a time limit, and only if it answers the same.
 */
import { milliseconds } from '../../base/clock.js';
import { Random } from '../../base/random.js';
import type { DeviceDescription } from '../../compute/devices.js';
import { isSoftwareGraphics } from '../../compute/software-graphics.js';
import { withinTime } from '../../compute/time-limit.js';
import type { TensorSpec } from '../../spec/tensor-model.js';
import { median } from '../../stats/median.js';
import { isClose } from '../tensors/close.js';
import { exampleTensor } from '../tensors/example.js';
import type { TensorPredictor } from '../tensors/predictor.js';
import { elementsIn, type NamedTensor } from '../tensors/tensor.js';
import type { OnnxFile, OpenOnnx } from './open.js';
import type { Provider } from './runtime.js';

export interface ProviderChoice {
  provider: Provider;
  /** In a sentence, with what was measured. */
  reason: string;
}

export interface ChoiceParts {
  open: OpenOnnx;
  /** What there is, in words. */
  available(): Promise<DeviceDescription[]>;
  /** Milliseconds that are waited for wasm. */
  patience?: number;
}

/** Rows of the example, where the first extent is open. */
const exampleRows = 4;
/** Elements of all inputs together: a larger example takes longer to make than the choice gains. */
const mostElements = 2 ** 22;
/** Milliseconds that runs may take; the first is not counted. */
const measuring = 500;
const mostRuns = 5;
/** Less is not worth a graphics processor and 27 MB of its runtime, in milliseconds. */
const leastForGraphics = 8;
/** Milliseconds from asking for the graphics processor to its second answer. */
const graphicsPatience = 8_000;
/** A model may loop for ever: whoever opens it, and whatever is opened after it, does not wait as long. */
const usualPatience = 20_000;
/** Relative to the largest output: half precision inside is not the same model. */
const tolerance = 1e-2;
/** @throws as `OpenOnnx` does on wasm */
export async function chooseOnnx(
  file: OnnxFile,
  { open, available, patience = usualPatience }: ChoiceParts,
): Promise<{ predictor: TensorPredictor; choice: ProviderChoice }> {
  const wasm = await open(file, 'wasm');
  const stay = (reason: string) => ({ predictor: wasm, choice: { provider: 'wasm' as const, reason } });
  const example = exampleOf(file.model.inputs);
  if (!example) return stay('Not measured: its inputs are too large for an example.');
  const late = AbortSignal.timeout(patience);
  const first = await timed(wasm, example, late).catch(() => undefined);
  if (!first && late.aborted) return stay(`Not measured: with inputs that are made up, the model took longer than ${inWords(patience)}.`);
  if (!first) return stay('Not measured: the model does not run with inputs that are made up.');
  const took = `wasm takes ${inWords(first.milliseconds)} for ${exampleInWords(file.model.inputs)}`;
  if (first.milliseconds < leastForGraphics) return stay(`Measured: ${took}, less than a graphics processor is worth.`);
  const webgpu = (await available()).find(({ device }) => device === 'webgpu');
  if (!webgpu?.available) return stay(`Measured: ${took}; there is no graphics processor.`);
  if (isSoftwareGraphics(webgpu.description)) return stay(`Measured: ${took}; graphics are computed by the processor here.`);
  const opening = open(file, 'webgpu');
  try {
    const second = await withinTime(
      graphicsPatience,
      'Starting webgpu',
      opening.then((predictor) => timed(predictor, example)),
    );
    const other = await opening;
    const figures = `${took}, webgpu ${inWords(second.milliseconds)}`;
    if (second.milliseconds < first.milliseconds && isSame(first.outputs, second.outputs)) {
      await wasm.dispose();
      return { predictor: other, choice: { provider: 'webgpu', reason: `Measured: ${figures}.` } };
    }
    await other.dispose();
    const isFaster = second.milliseconds < first.milliseconds;
    return stay(isFaster ? `Measured: ${figures}, but its answers differ.` : `Measured: ${figures}.`);
  } catch (thrown) {
    void opening.then((predictor) => predictor.dispose()).catch(() => undefined);
    return stay(`Measured: ${took}; webgpu: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

/** Undefined where it would be too large. */
function exampleOf(inputs: readonly TensorSpec[]): NamedTensor[] | undefined {
  const random = new Random(1, 'example');
  const shapes = inputs.map(({ shape = [] }) =>
    shape.map((extent, axis) => (typeof extent === 'number' ? extent : axis === 0 ? exampleRows : 1)),
  );
  if (shapes.reduce((sum, shape) => sum + elementsIn(shape), 0) > mostElements) return undefined;
  return inputs.map((spec, index) => exampleTensor(spec, shapes[index], { random, whole: () => 0 }));
}

/** What was measured, which is not always several rows. */
const exampleInWords = (inputs: readonly TensorSpec[]): string =>
  inputs.some(({ shape = [] }) => shape.length > 0 && typeof shape[0] !== 'number') ? `${exampleRows} rows` : 'one example';

async function timed(
  predictor: TensorPredictor,
  example: readonly NamedTensor[],
  signal?: AbortSignal,
): Promise<{ milliseconds: number; outputs: NamedTensor[] }> {
  const outputs = await predictor.run(example, { signal });
  const began = milliseconds();
  const times: number[] = [];
  do {
    const before = milliseconds();
    await predictor.run(example, { signal });
    times.push(milliseconds() - before);
  } while (times.length < mostRuns && milliseconds() - began < measuring);
  return { milliseconds: median(times), outputs };
}

const isSame = (one: readonly NamedTensor[], other: readonly NamedTensor[]): boolean =>
  one.every((output, index) => isClose(output, other[index], tolerance));

const inWords = (time: number): string => `${time.toFixed(time < 10 ? 1 : 0)} ms`;
