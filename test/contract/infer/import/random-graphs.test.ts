/** Graphs put together at random: whatever is read of them answers as onnxruntime-web does to the very file; all else is refused, and nothing is another network. */
import * as ort from 'onnxruntime-web';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { InputError } from '../../../../src/base/errors.js';
import { Random } from '../../../../src/base/random.js';
import type { Engine } from '../../../../src/compute/engine.js';
import { openWasmEngine } from '../../../../src/compute/wasm/engine.js';
import type { Attribute, Value } from '../../../../src/infer/export/onnx/graph.js';
import type { ForeignNetwork } from '../../../../src/infer/import/network/builder.js';
import { readOnnxNetwork } from '../../../../src/infer/import/onnx-network/read.js';
import { channelsLast, Foreign, ints, product } from './foreign.js';

ort.env.wasm.numThreads = 1;

let engine: Engine;
beforeAll(async () => {
  engine = await openWasmEngine();
});
afterAll(() => engine.dispose());

const rows = 2;
const graphs = 2_000;

/** Values are [rows, channels, …places]; some operators make something else of them, which those that follow may not take. */
class RandomGraph {
  readonly shape: number[];
  readonly #at: Foreign;
  readonly #random: Random;
  #channels: number;

  constructor(seed: number) {
    this.#random = new Random(seed, 'graph');
    this.#channels = this.#pick(1, 2, 3);
    this.shape = [this.#channels, ...Array.from({ length: this.#pick(1, 2, 2) }, () => 3 + this.#random.integer(6))];
    this.#at = new Foreign(this.shape);
  }

  /** Ends flat, so wide as it comes out. */
  file(): Uint8Array {
    let value = this.#at.input;
    for (let depth = 0; depth < 3; depth++) value = this.#next(value);
    return this.#at.finish(this.#end(value), 'N');
  }

  #next(value: Value): Value {
    const at = this.#at;
    const alone = this.#each(() => 1);
    switch (this.#random.integer(9)) {
      case 0:
        return this.#convolution(value);
      case 1:
        return at.node(this.#pick('MaxPool', 'AveragePool'), [value], this.#pooling());
      case 2:
        return at.node('BatchNormalization', [value, ...[1, 2, 3].map(() => at.weights(this.#channels)), at.positive(this.#channels)]);
      case 3: {
        const constant = at.weights(...this.#pick([this.#channels, ...alone], [1], [], [...alone, this.#channels], [this.#channels]));
        return at.node(this.#pick('Add', 'Sub', 'Mul', 'Div'), this.#pick([value, constant], [constant, value]));
      }
      case 4:
        return at.node('Sum', [value, at.weights(this.#channels, ...alone), at.node('Tanh', [value])]);
      case 5: {
        const order = alone.length === 2 ? this.#pick([0, 2, 3, 1], [0, 3, 1, 2], [0, 1, 3, 2]) : [0, 2, 1];
        const turned = at.node('Relu', [at.node('Transpose', [value], { perm: ints(...order) })]);
        const back = ints(...order.map((_, axis) => order.indexOf(axis)));
        return this.#pick(turned, at.node('Transpose', [turned], { perm: back }));
      }
      case 6: {
        const sides = (): number[] => [0, 0, ...this.#each(() => this.#random.integer(2))];
        return at.node('Pad', [value, at.numbers(...sides(), ...sides())]);
      }
      case 7: {
        const joined = at.node('Concat', [value, at.node('Sigmoid', [value])], { axis: { int: 1 } });
        this.#channels *= 2;
        return joined;
      }
      default:
        return at.node('Clip', [value, at.scalar(0), at.scalar(this.#pick(0.5, 6))]);
    }
  }

  #convolution(value: Value): Value {
    const group = this.#pick(1, this.#channels);
    const filters = group === 1 ? this.#pick(1, 2, 4) : this.#channels * this.#pick(1, 2);
    const kernel = this.#each(() => this.#pick(1, 2, 3));
    const dilations = this.#each(() => this.#pick(1, 1, 2));
    const settings = { ...this.#window(kernel), group: { int: group }, dilations: ints(...dilations) };
    const convolved = this.#at.convolution(value, [filters, this.#channels / group, ...kernel], settings);
    this.#channels = filters;
    return convolved;
  }

  #pooling(): Record<string, Attribute> {
    const kernel = this.#each(() => this.#pick(1, 2, 3));
    const flag = (): Attribute => ({ int: this.#pick(0, 0, 1) });
    return { ...this.#window(kernel), kernel_shape: ints(...kernel), ceil_mode: flag(), count_include_pad: flag() };
  }

  #window(kernel: readonly number[]): Record<string, Attribute> {
    const strides = ints(...kernel.map(() => this.#pick(1, 2, 3)));
    const pads = [...kernel, ...kernel].map((size) => this.#random.integer(size));
    const padding = this.#pick<Record<string, Attribute>>(
      {},
      { pads: ints(...pads) },
      { auto_pad: { text: this.#pick('SAME_UPPER', 'SAME_LOWER', 'VALID') } },
    );
    return { strides, ...padding };
  }

  #end(value: Value): Value {
    const at = this.#at;
    const places = this.#each(() => 0).map((_, axis) => axis + 2);
    switch (this.#random.integer(4)) {
      case 0:
        return at.node('Flatten', [value]);
      case 1:
        return at.node('Reshape', [value, at.numbers(0, -1)]);
      case 2:
        return at.node('Squeeze', [at.node(this.#pick('GlobalAveragePool', 'GlobalMaxPool'), [value]), at.numbers(...places)]);
      default:
        return at.node(this.#pick('ReduceMean', 'ReduceMax'), [value], { axes: ints(...places), keepdims: { int: 0 } });
    }
  }

  #each = (make: () => number): number[] => Array.from({ length: this.shape.length - 1 }, make);
  #pick = <Choice>(...choices: readonly Choice[]): Choice => choices[this.#random.integer(choices.length)];
}

test('whatever is read answers the same', async () => {
  let read = 0;
  for (let seed = 0; seed < graphs; seed++) {
    const graph = new RandomGraph(seed);
    const file = graph.file();
    const random = new Random(seed, 'inputs');
    const inputs = Float32Array.from({ length: rows * product(graph.shape) }, () => 2 * random.normal());
    const network = networkOf(file);
    const expected = network && (await byOnnxruntime(file, inputs, graph.shape));
    if (!expected) continue;
    read += 1;
    const prepared = await engine.prepare(network.model, { batchSize: rows, seed: 1 });
    prepared.setWeights(network.weights);
    // What is turned first is read with its channels last as it is.
    const answers = [await prepared.forward(channelsLast(inputs, graph.shape), rows), await prepared.forward(inputs, rows)];
    prepared.dispose();
    const isSame = (answer: Float32Array): boolean =>
      answer.length === expected.length &&
      answer.every((value, index) => Math.abs(value - expected[index]) <= 1e-4 * Math.max(1, Math.abs(expected[index])));
    expect(answers.some(isSame), `graph ${seed}`).toBe(true);
  }
  // The refusals do not hide what there is to compare.
  expect(read).toBeGreaterThan(graphs / 10);
});

function networkOf(file: Uint8Array): ForeignNetwork | undefined {
  try {
    return readOnnxNetwork(file);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(InputError);
    expect(thrown).toMatchObject({ code: 'network-not-convertible' });
    return undefined;
  }
}

/** Undefined where the graph cannot be. */
async function byOnnxruntime(file: Uint8Array, inputs: Float32Array, shape: readonly number[]): Promise<Float32Array | undefined> {
  try {
    const session = await ort.InferenceSession.create(file, { logSeverityLevel: 4 });
    const results = await session.run(
      { [session.inputNames[0]]: new ort.Tensor('float32', inputs, [rows, ...shape]) },
      { logSeverityLevel: 4 },
    );
    await session.release();
    return results[session.outputNames[0]].data as Float32Array;
  } catch {
    return undefined;
  }
}
