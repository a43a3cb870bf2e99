/** One of ONNX's node models through our reader and predictor, its outputs beside those that ONNX's reference gives. */
import { BenchwrightError } from '../../../../src/base/errors.js';
import { loadOnnxRuntime } from '../../../../src/host/node/onnx/runtime.js';
import { type InspectedModel, inspectOnnx } from '../../../../src/infer/onnx/inspect.js';
import { openSession } from '../../../../src/infer/onnx/session.js';
import type { NamedTensor } from '../../../../src/infer/tensors/tensor.js';
import { readTensorProto } from './tensor-proto.js';

export interface NodeModel {
  model: Uint8Array;
  sets: { inputs: Uint8Array[]; outputs: Uint8Array[] }[];
}

/** As ONNX's own runner of node tests compares: |given - expected| <= absolute + relative · |expected|. */
const tolerance = { relative: 1e-3, absolute: 1e-7 };

/** Undefined where every output matches; otherwise why not, in words that do not change with the machine. */
export async function problemOf({ model: bytes, sets }: NodeModel): Promise<string | undefined> {
  try {
    const model = inspectOnnx(bytes);
    const predictor = await openSession(bytes, model, 'wasm', loadOnnxRuntime);
    try {
      for (const { inputs, outputs } of sets) {
        const feeds = inputs.map((input, index) => readTensorProto(input, model.inputs[index].name));
        const given = await predictor.run(feeds);
        for (const [index, output] of outputs.entries()) {
          const difference = differenceOf(given[index], readTensorProto(output, given[index].name));
          if (difference) return isRandom(model) ? random : `output "${given[index].name}" has ${difference}`;
        }
      }
      return undefined;
    } finally {
      await predictor.dispose();
    }
  } catch (thrown) {
    return thrown instanceof BenchwrightError ? `${thrown.code}: ${thrown.message}` : String(thrown);
  }
}

function differenceOf(given: NamedTensor, expected: NamedTensor): string | undefined {
  if (given.type !== expected.type) return `${given.type} in place of ${expected.type}`;
  if (given.shape.join() !== expected.shape.join()) return `[${given.shape.join(', ')}] in place of [${expected.shape.join(', ')}]`;
  const [ours, theirs] = [valuesOf(given), valuesOf(expected)];
  const wrong = theirs.findIndex((value, index) => !isClose(ours[index], value));
  if (wrong < 0) return undefined;
  const others = theirs.filter((value, index) => !isClose(ours[index], value)).length;
  return `other values in ${others} of ${theirs.length} places, such as ${shown(ours[wrong])} in place of ${shown(theirs[wrong])}`;
}

const shown = (value: unknown): string => (typeof value === 'number' ? value.toPrecision(3) : JSON.stringify(value));

const random = 'values are drawn at random, and no two programs draw the same';

const isRandom = ({ inspection }: InspectedModel): boolean =>
  inspection.operators.some(({ name }) => /^(Random|Bernoulli|Multinomial)/.test(name)) || /^test_training_dropout/.test(inspection.graph);

function isClose(given: unknown, expected: unknown): boolean {
  if (typeof given !== 'number' || typeof expected !== 'number') return given === expected;
  return (
    Object.is(given, expected) ||
    given === expected ||
    Math.abs(given - expected) <= tolerance.absolute + tolerance.relative * Math.abs(expected)
  );
}

const valuesOf = ({ type, data }: NamedTensor): unknown[] => (type === 'float16' ? Array.from(data as Uint16Array, half) : [...data]);

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
