import { describe, expect, it, test } from 'vitest';
import { graphOf, indexColumnsOf, shapesOf } from '../../../src/compute/plan/graph.js';
import { lowerInference, lowerTraining } from '../../../src/compute/plan/lower.js';
import { buffersOf } from '../../../src/compute/plan/operation.js';
import { parametersOf } from '../../../src/compute/plan/parameters.js';
import { referenceOutputs } from '../../../src/compute/plan/reference.js';
import { multiplyAdds } from '../../../src/compute/plan/work.js';
import { openWasmEngine } from '../../../src/compute/wasm/engine.js';
import type { LayerSpec } from '../../../src/spec/layer.js';
import { LayerSpec as Layer } from '../../../src/spec/layer.js';
import type { ModelSpec } from '../../../src/spec/model.js';
import { batchFor, weightsFor } from '../../contract/engine/conformance.js';
import { encoder, mixed, pictures, series } from '../../contract/engine/every-layer.js';
import { sequenceCases } from '../../contract/engine/sequence-cases.js';

const sequence = (layers: LayerSpec[], shape = [10, 3]): ModelSpec => ({
  inputs: shape.reduce((product, extent) => product * extent, 1),
  shape,
  layers,
  loss: 'meanSquaredError',
});
const shapeAfter = (...layers: LayerSpec[]): readonly number[] => shapesOf(sequence([...layers, { kind: 'flatten' }]))[layers.length];

describe('shapes', () => {
  const convolution = { kind: 'conv1d', filters: 4, kernel: 3, activation: 'relu' } as const;

  it.each([
    [{}, [8, 4]],
    [{ padding: 'same' }, [10, 4]],
    [{ padding: 'causal' }, [10, 4]],
    [{ padding: 'causal', dilation: 4 }, [10, 4]],
    [{ padding: 'same', stride: 3 }, [4, 4]],
    [{ padding: 'causal', stride: 3 }, [4, 4]],
    [{ stride: 3 }, [3, 4]],
    [{ dilation: 4 }, [2, 4]],
  ] as const)('of a convolution along a sequence with %o', (settings, shape) => {
    expect(shapeAfter({ ...convolution, ...settings })).toEqual(shape);
  });

  it('of pooling, recurrent units, attention and dense layers', () => {
    expect(shapeAfter({ kind: 'maxPool1d', size: 3 })).toEqual([3, 3]);
    expect(shapeAfter({ kind: 'averagePool1d', size: 3, padding: 'same' })).toEqual([4, 3]);
    expect(shapeAfter({ kind: 'averagePool1d', size: 3, stride: 1 })).toEqual([8, 3]);
    expect(shapeAfter({ kind: 'gru', units: 7 })).toEqual([7]);
    expect(shapeAfter({ kind: 'gru', units: 7, sequences: true })).toEqual([10, 7]);
    expect(shapeAfter({ kind: 'multiHeadAttention', heads: 3 })).toEqual([10, 3]);
    expect(shapeAfter({ kind: 'dense', units: 5, activation: 'linear' })).toEqual([10, 5]);
    expect(shapeAfter({ kind: 'slice', first: 1, count: 2 })).toEqual([10, 2]);
    expect(shapeAfter({ kind: 'globalMaxPool' })).toEqual([3]);
  });

  const dense = { kind: 'dense', units: 2, activation: 'linear' } as const;
  const refused: [string, LayerSpec[], RegExp, string][] = [
    [
      'a kernel longer than the sequence',
      [{ ...convolution, kernel: 11 }],
      /Layer 1 \("conv1d"\): A window of 1 × 11 cells .* 1 × 10 places/,
      'layer-shape',
    ],
    [
      'a sequence layer over a flat example',
      [{ kind: 'flatten' }, { kind: 'gru', units: 2 }],
      /Layer 2 \("gru"\): .*\[30\].*sequence \[length, channels\]/,
      'layer-shape',
    ],
    ['heads that do not share evenly', [{ kind: 'multiHeadAttention', heads: 2 }], /\[10, 3\].*2 heads/, 'layer-shape'],
    ['a slice beyond the end', [{ kind: 'slice', first: 2, count: 2 }], /at least 4 numbers/, 'layer-shape'],
    [
      'a sum of unequal shapes',
      [
        { ...convolution, name: 'a' },
        { kind: 'add', from: ['a', 'input'] },
      ],
      /Layer 2 \("add"\): It is given the shapes \[8, 4\] and \[10, 3\] and needs equal ones/,
      'layer-shape',
    ],
    [
      'sequences of different lengths side by side',
      [
        { ...convolution, name: 'a' },
        { kind: 'concatenate', from: ['a', 'input'] },
      ],
      /equal but for the last axis/,
      'layer-shape',
    ],
    ['a name that nobody has', [{ ...dense, from: 'stem' }], /Layer 1 \("dense"\): It reads "stem"/, 'layer-name'],
    [
      'a layer that comes later',
      [
        { ...dense, from: 'b' },
        { ...dense, name: 'b' },
      ],
      /Layer 1 .*"b"/,
      'layer-name',
    ],
    ['a layer that reads itself', [{ ...dense, name: 'a', from: 'a' }], /It reads "a"/, 'layer-name'],
    [
      'two of one name',
      [
        { ...dense, name: 'a' },
        { ...dense, name: 'a' },
      ],
      /Layer 2 .*"a" is taken by layer 1/,
      'layer-name',
    ],
    ['the name of the input', [{ ...dense, name: 'input' }], /taken by what the network is given/, 'layer-name'],
    [
      'a layer that nobody reads',
      [{ ...dense }, { ...dense, from: 'input' }],
      /Layer 1 \("dense"\) is read by no other layer/,
      'layer-name',
    ],
    [
      'a mask of another length',
      [
        { kind: 'mask', name: 'm' },
        { ...convolution, from: 'input' },
        { kind: 'gru', units: 2, mask: 'm' },
      ],
      /Layer 3 \("gru"\): Its mask has the shape \[10\].*\[8, 4\] has 8 places/,
      'layer-shape',
    ],
    [
      'a mask of what was computed',
      [{ ...convolution }, { kind: 'mask' }],
      /Layer 2 \("mask"\): .*inputs as they are given/,
      'layer-shape',
    ],
    [
      'an embedding of what was computed',
      [{ kind: 'flatten' }, { ...dense }, { kind: 'embedding', vocabulary: 3, dimension: 2 }],
      /Layer 3 \("embedding"\): .*inputs as they are given/,
      'layer-shape',
    ],
    ['an end that is not flat', [dense], /ends in the shape \[10, 2\]/, 'layer-shape'],
  ];
  it.each(refused)('refuses %s, and names it', (_, layers, message, code) => {
    const model = sequence(layers);
    expect(() => graphOf(model)).toThrow(message);
    expect(() => graphOf(model)).toThrow(expect.objectContaining({ code }));
  });

  it('names are checked where a specification comes in', () => {
    const named = (name: unknown) => Layer.safeParse({ ...dense, name }).success;
    expect(['a', 'block-1.left', 'x_2'].map(named)).toEqual([true, true, true]);
    expect(['', '1a', '__proto__', 'a b', 'a'.repeat(65), 3].map(named)).toEqual([false, false, false, false, false, false]);
    expect(Layer.safeParse({ kind: 'add', from: ['a'] }).success).toBe(false);
  });

  it('a name such as constructor is a name like any other', () => {
    const layers: LayerSpec[] = [
      { kind: 'flatten', name: 'constructor' },
      { ...dense, from: 'toString' },
    ];
    expect(() => graphOf(sequence(layers))).toThrow(/It reads "toString"/);
    expect(shapesOf(sequence([layers[0], { ...dense, from: 'constructor' }]))).toEqual([[10, 3], [30], [2]]);
  });
});

test('knows which numbers of an example are indices, through slices of slices and of channels', () => {
  const embedding = { kind: 'embedding', dimension: 2 } as const;
  const model = sequence(
    [
      { kind: 'slice', first: 1, count: 2, name: 'part' },
      { kind: 'slice', first: 1, count: 1 },
      { ...embedding, vocabulary: 7, name: 'one' },
      { kind: 'slice', from: 'part', first: 0, count: 1 },
      { ...embedding, vocabulary: 5, name: 'two' },
      { kind: 'slice', from: 'part', first: 0, count: 1 },
      { ...embedding, vocabulary: 4, name: 'three' },
      { kind: 'concatenate', from: ['one', 'two', 'three'] },
      { kind: 'flatten' },
      { kind: 'dense', units: 1, activation: 'linear' },
    ],
    [2, 3],
  );
  expect(indexColumnsOf(model)).toEqual([
    { column: 2, vocabulary: 7 },
    { column: 5, vocabulary: 7 },
    { column: 1, vocabulary: 4 },
    { column: 4, vocabulary: 4 },
  ]);
});

test('an index that is none is refused in a mixed example, by its position; other numbers may be anything', async () => {
  const engine = await openWasmEngine();
  const network = await engine.prepare(mixed, { batchSize: 2, seed: 1 });
  network.setWeights(weightsFor(mixed));
  expect(await network.forward(Float32Array.of(0.5, 1, -3, 2.5, 1e3, 0, 5, 0, 0, 0), 2)).toHaveLength(6);
  await expect(network.forward(Float32Array.of(0.5, 1, -3, 2.5, 1, 0, 6, 0, 0, 0), 2)).rejects.toThrow(
    /Input 6 at position 6 .* 6 indices/,
  );
  engine.dispose();
});

test('parameters of recurrent units and attention, and which of them decay', () => {
  const model = sequence([
    { kind: 'multiHeadAttention', heads: 1 },
    { kind: 'positionalEmbedding' },
    { kind: 'gru', units: 2 },
    { kind: 'dense', units: 1, activation: 'linear' },
  ]);
  expect(parametersOf(model).map(({ name, shape, decayed }) => [name, shape, decayed])).toEqual([
    ['0.weights', [3, 9], true],
    ['0.bias', [9], false],
    ['0.outputWeights', [3, 3], true],
    ['0.outputBias', [3], false],
    ['1.weights', [10, 3], true],
    ['2.weights', [3, 6], true],
    ['2.bias', [6], false],
    ['2.recurrentWeights', [2, 6], true],
    ['2.recurrentBias', [6], false],
    ['3.weights', [2, 1], true],
    ['3.bias', [1], false],
  ]);
  // Products with the inputs and the states; queries, keys, values and outputs, then every place with every other, twice.
  expect(multiplyAdds(model)).toBe(10 * 3 * 3 * 4 + 10 * 10 * 3 * 2 + 30 + 10 * 6 * (3 + 2) + 2);
});

const models: [string, ModelSpec][] = [
  ['pictures', pictures],
  ['series', series],
  ['encoder', encoder],
  ['mixed', mixed],
  ...sequenceCases.map(({ item, variant, model }): [string, ModelSpec] => [`${item}: ${variant}`, model]),
];

test.each(models)('the judge answers as wasm does: %s', async (_, model) => {
  const engine = await openWasmEngine();
  const { inputs, rows } = batchFor(model, 4);
  const network = await engine.prepare(model, { batchSize: rows, seed: 1 });
  network.setWeights(weightsFor(model).map((weight) => Math.abs(weight)));
  const weights = await network.weights();
  const expected = referenceOutputs(lowerInference(model, rows), weights, inputs, rows);
  const answers = await network.forward(inputs, rows);
  expect(answers).toHaveLength(expected.length);
  for (const [index, answer] of answers.entries())
    expect(Math.abs(answer - expected[index]) / Math.max(1, Math.abs(expected[index]))).toBeLessThan(1e-5);
  engine.dispose();
});

describe('a program of branches', () => {
  it.each(models)('reads in every buffer what was last written to that buffer: %s', (_, model) => {
    for (const lower of [lowerTraining, lowerInference]) {
      const { operations, buffers, arenaSize, input, targets } = lower(model, 3);
      const owners = new Array<number>(arenaSize).fill(-1);
      const span = (buffer: number): [number, number] => {
        const { offset, width, shared } = buffers[buffer];
        return [offset, offset + (shared ? width : 3 * width)];
      };
      const written = new Set<number>();
      const write = (buffer: number): void => {
        owners.fill(buffer, ...span(buffer));
        written.add(buffer);
      };
      for (const end of [input, targets]) if (end !== undefined) write(end);
      for (const operation of operations) {
        const used = buffersOf(operation);
        for (const buffer of used)
          if (written.has(buffer)) expect(owners.slice(...span(buffer)).every((owner) => owner === buffer)).toBe(true);
        for (const buffer of used) if (!written.has(buffer)) write(buffer);
      }
    }
  });
});
