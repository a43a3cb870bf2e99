/** Model cards, folders for a server, zips, and the rules of safetensors as its own documentation states them. */
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExportOptions, ModelFormat } from '../../../../src/infer/export/exported.js';
import { failureOf, workplace } from '../../train/workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

async function exported(format: ModelFormat, options?: ExportOptions, target = 'species') {
  const { run } = await place.train(await place.builtin('penguins'), { target, preset: 'mlp', epochs: 1 });
  const record = await place.models.get(run.modelId ?? '');
  return { run, record, ...(await place.models.export(record.id, format, options)) };
}
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

test('a card says what the data, the target, the training and its figures were, and what is not known', async () => {
  const { files, run, record } = await exported('card', { licence: 'CC BY 4.0' });
  expect(files.map(({ path }) => path)).toEqual(['model-card.md']);
  const card = text(files[0].bytes);
  for (const heading of ['Data', 'Target', 'Training', 'Results', 'Limits', 'Licence', 'To make it again'])
    expect(card).toContain(`\n## ${heading}\n`);
  expect(card).toContain(record.lineage.dataset.hash);
  expect(card).toContain(`Rows: ${run.rows.training} for training, ${run.rows.validation} for validation, ${run.rows.test} for the test`);
  expect(card).toMatch(/\| Metric \| This model, test \| This model, validation \| Baseline, test \| Linear model, test \|/);
  expect(card).toMatch(/\| accuracy \|/);
  expect(card).toContain('Adelie, Chinstrap, Gentoo');
  expect(card).toMatch(/CC BY 4\.0\. The data: /);
  expect(text((await exported('card')).files[0].bytes)).toContain('Nobody has said yet under which licence');
});

test('nothing in the data becomes a link, a heading or a script of a card', async () => {
  const rows = Array.from({ length: 40 }, (_, row) => `${row},${row % 2 ? '<img src=x onerror=alert(1)>' : '[a](http://b)'}`);
  const dataset = await place.table(`a|b,"</script><script>x</script>"\n${rows.join('\n')}\n`);
  const { run } = await place.train(dataset, { target: '</script><script>x</script>', epochs: 1, preset: 'linear' });
  const markdown = text((await place.models.export(run.modelId ?? '', 'card')).files[0].bytes);
  const html = text((await place.models.export(run.modelId ?? '', 'card-html')).files[0].bytes);
  expect(markdown).toContain('\\[a\\](http://b)');
  expect(markdown).not.toMatch(/(?<!\\)<img/);
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(html).not.toMatch(/<img|<script/);
});

test('a server’s folder holds the model under a version, and says what goes in and out', async () => {
  const { files, inputs } = await exported('serving', { name: 'Pingüins & co' });
  expect(files.map(({ path }) => path)).toEqual(['Pingu-ins-co/1/model.onnx', 'Pingu-ins-co/config.pbtxt']);
  const config = text(files[1].bytes);
  expect(config).toContain('name: "Pingu-ins-co"\nbackend: "onnxruntime"');
  expect(config).toContain('{ name: "island", data_type: TYPE_STRING, dims: [ 1 ] }');
  expect(config).toContain('{ name: "body_mass_g", data_type: TYPE_FP64, dims: [ 1 ] }');
  expect(config).toContain('{ name: "probabilities", data_type: TYPE_FP32, dims: [ 3 ] }');
  expect(inputs?.every(({ name }) => config.includes(`"${name}"`))).toBe(true);
});

test('several files as one zip', async () => {
  const { files } = await exported('tfjs', { zip: true });
  expect(files.length).toBe(1);
  const inside = unzipSync(files[0].bytes);
  expect(Object.keys(inside)).toEqual(['model.json', 'weights.bin', 'preprocessing.json']);
  expect(JSON.parse(text(inside['model.json'])).format).toBe('layers-model');
  expect((await exported('onnx', { zip: true })).files[0].path).toBe('model.onnx');
});

test('safetensors: a length of 64 bits, a header of JSON that begins with a brace, and tensors without holes in the order of bytes', async () => {
  const { files, record } = await exported('safetensors', {}, 'body_mass_g');
  const { bytes } = files[0];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  expect((8 + length) % 8).toBe(0);
  expect(bytes[8]).toBe(0x7b);
  const { __metadata__: metadata, ...tensors } = JSON.parse(text(bytes.subarray(8, 8 + length)));
  expect(Object.values(metadata).every((value) => typeof value === 'string')).toBe(true);
  let at = 0;
  for (const { dtype, shape, data_offsets } of Object.values(tensors) as { dtype: string; shape: number[]; data_offsets: number[] }[]) {
    expect(dtype).toBe('F32');
    expect(data_offsets).toEqual([at, at + 4 * shape.reduce((product, extent) => product * extent, 1)]);
    at = data_offsets[1];
  }
  expect(8 + length + at).toBe(bytes.length);
  const [first] = record.model.layers;
  expect(first.kind === 'dense' && tensors['0.weights'].shape).toEqual([record.model.inputs, 128]);
});

test('a format that there is not, and a model that there is not, are refused', async () => {
  const { run } = await place.train(await place.builtin('iris'), { target: 'species', preset: 'linear', epochs: 1 });
  expect(await failureOf(place.models.export(run.modelId ?? '', 'pickle' as ModelFormat))).toMatchObject({ code: 'unknown-format' });
  expect(await failureOf(place.models.export('nobody', 'onnx'))).toMatchObject({ code: 'unknown-model' });
});
