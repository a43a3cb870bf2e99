/** Files from outside that are no models, damaged ones and ones made to do harm: each is an error that says so, and nothing of it is kept. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InputError } from '../../../../src/base/errors.js';
import { Random } from '../../../../src/base/random.js';
import { ProtobufWriter } from '../../../../src/infer/protobuf.js';
import { failureOf, workplace } from '../../train/workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

const importing = (bytes: Uint8Array) => place.models.import(new Blob([bytes as Uint8Array<ArrayBuffer>]));
const utf8 = new TextEncoder();

async function exported(format: 'safetensors' | 'onnx'): Promise<Uint8Array> {
  const { run } = await place.train(await place.builtin('iris'), { target: 'species', preset: 'linear', epochs: 1 });
  return (await place.models.export(run.modelId ?? '', format)).files[0].bytes;
}

function safetensors(header: unknown, data: Uint8Array = new Uint8Array()): Uint8Array {
  const text = utf8.encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

interface Header {
  __metadata__: { benchwright: string };
  [tensor: string]: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: it is broken in every way
type Packed = any;

/** An exported file with its header changed. */
function changed(file: Uint8Array, change: (header: Header, packed: Packed) => void): Uint8Array {
  const length = Number(new DataView(file.buffer as ArrayBuffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))) as Header;
  const packed = JSON.parse(header.__metadata__.benchwright) as Packed;
  change(header, packed);
  header.__metadata__.benchwright = JSON.stringify(packed);
  return safetensors(header, file.slice(8 + length));
}

test.each<[string, Uint8Array, string]>([
  ['nothing', new Uint8Array(), 'not-a-model'],
  ['a text', utf8.encode('sepal_length,species\n5.1,setosa\n'), 'model-damaged'],
  ['zeros', new Uint8Array(1000), 'model-damaged'],
  ['a header longer than the file', Uint8Array.of(255, 255, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d, 32, 32, 32, 32, 32, 32, 32), 'model-damaged'],
  ['a header that is no JSON', safetensors('{"a": nonsense, "b": 1}'), 'model-damaged'],
  [
    'tensors of another program',
    safetensors({ w: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }, new Uint8Array(4)),
    'model-foreign',
  ],
  [
    'tensors of another program, whose length begins as JSON does',
    safetensors(`{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`.padEnd(0x7b), new Uint8Array(4)),
    'model-foreign',
  ],
  ['tensors with a hole', safetensors({ w: { dtype: 'F32', shape: [1], data_offsets: [4, 8] } }, new Uint8Array(8)), 'model-damaged'],
  [
    'an ONNX graph that gives nothing',
    new ProtobufWriter().integer(1, 8).text(2, 'pytorch').message(7, new ProtobufWriter().text(2, 'main')).finish(),
    'model-damaged',
  ],
])('%s is refused', async (_, bytes, code) => {
  expect(await failureOf(importing(bytes))).toMatchObject({ name: 'InputError', code });
  expect(await place.models.list()).toEqual([]);
  expect(await place.store.list('tensor-model')).toEqual([]);
});

test.each<[string, (header: Header, packed: Packed) => void]>([
  ['a network larger than the file', (_, packed) => (packed.record.model.layers[0].units = 1 << 20)],
  [
    'a network without end',
    (_, packed) => (packed.record.model.layers = Array(300).fill({ kind: 'dense', units: 3, activation: 'linear' })),
  ],
  ['a network that answers fewer classes', (_, packed) => packed.record.pipeline.target.classes.pop()],
  ['a pipeline that gives more than the network takes', (_, packed) => packed.record.pipeline.steps.push(packed.record.pipeline.steps[0])],
  ['a step that divides by nothing', (_, packed) => (packed.record.pipeline.steps[0].scale = 0)],
  ['a step of a kind that there is not', (_, packed) => (packed.record.pipeline.steps[0].kind = 'constructor')],
  [
    'a derived column that cannot be computed',
    (_, packed) => packed.record.pipeline.derived.push({ name: 'x', expression: 'a b c', type: 'number', reads: [] }),
  ],
  ['columns that the pipeline does not know', (_, packed) => (packed.record.fields = [])],
  ['a tensor under another name', (_, packed) => (packed.parameters[0] = '__proto__')],
  ['another version', (_, packed) => (packed.version = 2)],
  ['a shape that the bytes do not have', (header) => ((header['0.weights'] as { shape: number[] }).shape = [2 ** 40, 2 ** 40])],
])('%s is refused', async (_, change) => {
  const file = await exported('safetensors');
  expect(await failureOf(importing(changed(file, change)))).toMatchObject({ name: 'InputError', code: 'model-damaged' });
  expect((await place.models.list()).length).toBe(1);
});

test('a weight that is not finite is refused', async () => {
  const file = await exported('safetensors');
  new DataView(file.buffer).setFloat32(file.length - 4, Number.NaN, true);
  expect(await failureOf(importing(file))).toMatchObject({ code: 'model-damaged' });
});

test.each(['safetensors', 'onnx'] as const)(
  '%s with bytes changed at random is a model or an error that says what is wrong',
  async (format) => {
    const file = await exported(format);
    const random = new Random(11, format);
    for (let round = 0; round < 300; round++) {
      const cut = round % 4 === 0 ? file.slice(0, random.integer(file.length)) : file.slice();
      // Most of the bytes that mean something stand at both ends.
      for (let change = 0; change < 1 + (round % 3); change++) if (cut.length > 0) cut[random.integer(cut.length)] = random.integer(256);
      const outcome = await importing(cut).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(InputError);
    }
  },
);
