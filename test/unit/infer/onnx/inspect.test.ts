/** What is read of an ONNX file before it is run, and what is refused: each within a moment. */
import { expect, test } from 'vitest';
import { InputError } from '../../../../src/base/errors.js';
import { Random } from '../../../../src/base/random.js';
import { inspectOnnx } from '../../../../src/infer/onnx/inspect.js';
import { ProtobufWriter } from '../../../../src/infer/protobuf.js';
import { graph, model, node, small, tensor, value } from './build.js';

const message = (): ProtobufWriter => new ProtobufWriter();
const four = new Uint8Array(4);

test('a model says what it takes, gives and is made of', () => {
  expect(inspectOnnx(small())).toEqual({
    inputs: [{ name: 'x', type: 'float32', shape: ['n', 2] }],
    outputs: [{ name: 'y', type: 'float32', shape: ['n', 3] }],
    inspection: {
      irVersion: 8,
      opsets: [{ domain: '', version: 17 }],
      producer: { name: 'a producer', version: '' },
      domain: '',
      modelVersion: 0,
      description: '',
      graph: 'a graph',
      operators: [
        { domain: '', name: 'MatMul', count: 1 },
        { domain: '', name: 'Relu', count: 1 },
      ],
      nodes: 2,
      parameters: 6,
      parameterBytes: 24,
      metadata: [{ key: 'licence', value: '<script>alert(1)</script>' }],
    },
  });
});

test('a version that no number holds is not said, since a project could not say it', () => {
  const most = Uint8Array.from({ length: 8 }, () => 0xff);
  const version = (field: number): Uint8Array => Uint8Array.of(8 * field, ...most, 0x7f);
  const { inspection } = inspectOnnx(Uint8Array.of(...small(), ...version(1), ...version(5)));
  expect(inspection).toMatchObject({ irVersion: 0, modelVersion: 0 });
});

test('nodes and constants of graphs within graphs are counted', () => {
  const inner = graph({ nodes: [node('Sin', ['x'], ['y'])], constants: [tensor('c', [1], four)] });
  const branch = message().text(1, 'then_branch').message(6, inner);
  const { inspection } = inspectOnnx(model(graph({ nodes: [node('If', ['x'], ['y'], branch)], inputs: [value('x', 9)] })));
  expect(inspection).toMatchObject({ nodes: 2, parameters: 1 });
});

const external = (path: string): ProtobufWriter =>
  message().integer(1, 1).integer(2, 1).text(8, 'weights').message(13, message().text(1, 'location').text(2, path)).integer(14, 1);
const nested = (depth: number): ProtobufWriter =>
  depth === 0 ? graph({}) : graph({ nodes: [node('If', [], [], message().message(6, nested(depth - 1)))] });
const many = (count: number, part: ProtobufWriter, field: number): ProtobufWriter => {
  const proto = message();
  for (let index = 0; index < count; index++) proto.message(field, part);
  return proto.message(12, value('y', 1));
};

test.each<[string, Uint8Array, string]>([
  ['weights in another file', model(graph({ constants: [external('weights.bin')] })), 'external-data'],
  ['weights up the folders', model(graph({ constants: [external('../../etc/passwd')] })), 'external-data'],
  ['weights at an address', model(graph({ constants: [external('https://example.org/w')] })), 'external-data'],
  [
    'other files in an attribute',
    model(graph({ nodes: [node('Constant', [], ['y'], message().message(5, external('w')))] })),
    'external-data',
  ],
  [
    'other files in a branch',
    model(graph({ nodes: [node('If', [], [], message().message(11, graph({ constants: [external('w')] })))] })),
    'external-data',
  ],
  [
    'other files in a function',
    model(graph({}), (proto) => void proto.message(25, message().message(7, node('C', [], [], message().message(5, external('w')))))),
    'external-data',
  ],
  [
    'other files in what a function takes by default',
    model(graph({}), (proto) => void proto.message(25, message().message(11, message().message(5, external('w'))))),
    'external-data',
  ],
  [
    'other files in a graph that trains',
    model(graph({}), (proto) => void proto.message(20, message().message(2, graph({ constants: [external('w')] })))),
    'external-data',
  ],
  [
    'other files in a sparse tensor',
    model(
      message()
        .message(15, message().message(1, external('w')))
        .message(12, value('y', 1)),
    ),
    'external-data',
  ],
  ['graphs far within one another', model(nested(50)), 'model-too-large'],
  ['a million nodes', model(many(600_000, node('Relu', ['x'], ['y']), 1)), 'model-too-large'],
  ['a name without end', model(graph({ inputs: [value('x'.repeat(10_000), 1)] })), 'model-too-large'],
  ['a tensor of a thousand dimensions', model(graph({ constants: [tensor('w', new Array(1000).fill(1), four)] })), 'model-too-large'],
  ['a value of a thousand dimensions', model(graph({ inputs: [value('x', 1, new Array(1000).fill(1))] })), 'model-too-large'],
  ['more numbers than bytes', model(graph({ constants: [tensor('w', [2 ** 40], four)] })), 'model-damaged'],
  ['a negative extent', model(graph({ constants: [tensor('w', [-1], four)] })), 'model-damaged'],
  [
    'numbers that are not there',
    model(graph({ constants: [message().integer(1, 1_000_000).integer(2, 1).text(8, 'w')] })),
    'model-damaged',
  ],
  ['two graphs', model(graph({}), (proto) => void proto.message(7, graph({}))), 'model-damaged'],
  ['two inputs of one name', model(graph({ inputs: [value('x', 1), value('x', 1)] })), 'model-damaged'],
  ['a name that JavaScript keeps', model(graph({ inputs: [value('__proto__', 1)] })), 'model-damaged'],
  ['no graph', message().integer(1, 8).finish(), 'model-damaged'],
  ['a graph that gives nothing', model(graph({ outputs: [] })), 'model-damaged'],
  ['a length beyond the end', Uint8Array.of(0x3a, 0xff, 0xff, 0xff, 0xff, 0x07, 1, 2), 'model-damaged'],
])('%s', (_, bytes, code) => {
  const caught = thrownBy(() => inspectOnnx(bytes));
  expect(caught).toBeInstanceOf(InputError);
  expect(caught).toMatchObject({ code });
});

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (thrown) {
    return thrown;
  }
}

/** A model with some of everything that has a length of its own. */
function base(): Uint8Array {
  const inner = graph({ nodes: [node('Sin', ['x'], ['y'])], constants: [tensor('c', [1], four), tensor('d', [2, 2], new Uint8Array(16))] });
  const branch = message()
    .text(1, 'then_branch')
    .message(6, inner)
    .message(11, inner)
    .message(5, tensor('t', [1], four));
  return model(
    graph({
      nodes: [node('If', ['x'], ['y'], branch), node('Relu', ['x'], ['y'])],
      inputs: [value('x', 9, ['n', 2]), value('z', 7, [1, 2, 3])],
      constants: [tensor('w', [1], four), message().integers(1, [2, 3]).integer(2, 7).integers(7, [1, 2, 3, 4, 5, 6])],
    }),
    (proto) => void proto.message(14, message().text(1, 'key').text(2, 'value')).message(25, message().message(7, node('F', ['x'], ['y']))),
  );
}

test('whatever is changed in a file, it is a model or an error that says so, and nothing else is touched', () => {
  const random = new Random(11, 'fuzz');
  const original = base();
  const outcomes = { models: 0, errors: 0 };
  for (let round = 0; round < 4_000; round++) {
    const caught = thrownBy(() => {
      inspectOnnx(spoilt(original, random));
      outcomes.models += 1;
    });
    if (caught === undefined) continue;
    expect(caught).toBeInstanceOf(InputError);
    outcomes.errors += 1;
  }
  // Both happen: the changes are neither all harmless nor all fatal.
  expect(Math.min(outcomes.models, outcomes.errors)).toBeGreaterThan(200);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

/** Cut off, bits turned, a length made huge, a piece doubled or moved. */
function spoilt(original: Uint8Array, random: Random): Uint8Array {
  const bytes = original.slice();
  const at = random.integer(bytes.length);
  switch (random.integer(5)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      for (let turn = random.integer(4); turn >= 0; turn--) bytes[random.integer(bytes.length)] ^= 1 << random.integer(8);
      return bytes;
    case 2:
      bytes.fill(0xff, at, at + 1 + random.integer(9));
      return bytes;
    case 3: {
      const piece = bytes.slice(at, at + random.integer(60));
      return Uint8Array.from([...bytes.subarray(0, at), ...piece, ...bytes.subarray(at)]);
    }
    default:
      bytes.copyWithin(random.integer(bytes.length), at, at + random.integer(60));
      return bytes;
  }
}
