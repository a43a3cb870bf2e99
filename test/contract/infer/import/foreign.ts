/** ONNX files as other programs write them: channels second, biases beside, activations apart. */
import { Random } from '../../../../src/base/random.js';
import { type Attribute, type Dimension, OnnxGraph, type Value } from '../../../../src/infer/export/onnx/graph.js';
import { floats, integers } from '../../../../src/infer/export/onnx/tensor.js';

export const product = (extents: readonly number[]): number => extents.reduce((all, extent) => all * extent, 1);
export const ints = (...values: number[]): Attribute => ({ ints: values });

/** [rows, channels, …places] as [rows, …places, channels]. @param shape of one example */
export function channelsLast(values: Float32Array, [channels, ...extents]: readonly number[]): Float32Array {
  const places = product(extents);
  return values.map((_, to) => {
    const [row, place, channel] = [Math.floor(to / (places * channels)), Math.floor(to / channels) % places, to % channels];
    return values[(row * channels + channel) * places + place];
  });
}

export class Foreign {
  readonly graph = new OnnxGraph();
  readonly input: Value;
  readonly #random = new Random(11, 'weights');

  constructor(shape: readonly number[]) {
    this.input = this.graph.input('pixels', 'float', ['N', ...shape]);
  }

  weights(...extents: number[]): Value {
    return this.graph.constant(
      'weights',
      floats(
        Float32Array.from({ length: product(extents) }, () => 0.4 * this.#random.normal()),
        extents,
      ),
    );
  }

  positive(length: number): Value {
    return this.graph.constant('variance', floats(Float32Array.from({ length }, () => 0.5 + this.#random.uniform())));
  }

  numbers(...values: number[]): Value {
    return this.graph.constant('numbers', integers(values));
  }

  scalar(value: number): Value {
    return this.graph.constant('scalar', floats([value], []));
  }

  node(operator: string, inputs: Value[], attributes: Record<string, Attribute> = {}): Value {
    return this.graph.node(operator, inputs, Object.entries(attributes));
  }

  convolution(from: Value, [filters, perGroup, ...kernel]: [number, number, ...number[]], more: Record<string, Attribute> = {}): Value {
    return this.node('Conv', [from, this.weights(filters, perGroup, ...kernel), this.weights(filters)], more);
  }

  finish(output: Value, width: Dimension = 2): Uint8Array {
    this.graph.output('answers', output, 'float', ['N', width]);
    return this.graph.finish('foreign', '', new Map());
  }
}

/** As small as a network with two convolutions can be: pictures [3, size, size] in, two classes out. */
export function smallClassifier(size = 8): Uint8Array {
  const at = new Foreign([3, size, size]);
  const first = at.node('Relu', [at.convolution(at.input, [6, 3, 3, 3], { pads: ints(1, 1, 1, 1) })]);
  const second = at.node('Relu', [at.convolution(first, [8, 6, 3, 3], { pads: ints(1, 1, 1, 1), strides: ints(2, 2) })]);
  const flat = at.node('Flatten', [at.node('GlobalAveragePool', [second])]);
  return at.finish(at.node('Softmax', [at.node('Gemm', [flat, at.weights(8, 2), at.weights(2)])], { axis: { int: -1 } }));
}
