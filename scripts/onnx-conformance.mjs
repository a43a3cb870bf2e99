/**
 * Runs ONNX's node models (Debian's package libonnx-testdata) through our reader and predictor, and holds the result against
 * test/golden/onnx/conformance.json: `node scripts/onnx-conformance.mjs [FOLDER] [--write]`. FOLDER holds a folder for each model. With --write
 * the file is made anew, with a few small models beside it that the contract test runs without the package.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { withSources } from '../bench/sources.mjs';
import { root } from './ensure.mjs';

const usual = ['/usr/share/libonnx-testdata/data/node', join(root, '.cache/onnx-testdata/usr/share/libonnx-testdata/data/node')];
const golden = join(root, 'test/golden/onnx');

/** Each of another family, and all of them small; every type of element that can be given is among them. */
const selection = [
  'test_add_uint8',
  'test_and2d',
  'test_argmax_default_axis_random',
  'test_averagepool_2d_same_upper',
  'test_batchnorm_example',
  'test_cast_FLOAT16_to_DOUBLE',
  'test_cast_FLOAT_to_STRING',
  'test_constant',
  'test_conv_with_strides_padding',
  'test_cumsum_1d',
  'test_einsum_transpose',
  'test_equal',
  'test_gather_0',
  'test_gemm_all_attributes',
  'test_gru_defaults',
  'test_identity',
  'test_if',
  'test_layer_normalization_2d_axis0',
  'test_loop11',
  'test_matmul_2d',
  'test_mod_int64_fmod',
  'test_nonzero_example',
  'test_quantizelinear',
  'test_reduce_sum_negative_axes_keepdims_example',
  'test_sequence_insert_at_back',
  'test_softmax_axis_1',
  'test_strnormalizer_export_monday_casesensintive_lower',
  'test_where_long_example',
];

const write = process.argv.includes('--write');
const asked = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const folder = [asked, ...usual].find((path) => path && existsSync(path));
if (!folder) {
  console.error('Where are the node models? Unpack the package libonnx-testdata, and give its folder data/node.');
  process.exit(2);
}

const files = (path, role) =>
  readdirSync(path)
    .filter((file) => file.startsWith(`${role}_`))
    .sort((one, other) => Number.parseInt(one.slice(role.length + 1), 10) - Number.parseInt(other.slice(role.length + 1), 10))
    .map((file) => readFileSync(join(path, file)));

function nodeModel(name) {
  const sets = readdirSync(join(folder, name))
    .filter((each) => each.startsWith('test_data_set_'))
    .map((each) => join(folder, name, each));
  return {
    model: readFileSync(join(folder, name, 'model.onnx')),
    sets: sets.map((path) => ({ inputs: files(path, 'input'), outputs: files(path, 'output') })),
  };
}

const names = readdirSync(folder).sort();
const exceptions = {};
await withSources(async (load) => {
  const { problemOf } = await load('test/contract/infer/onnx/conformance.ts');
  for (const name of names) {
    const problem = await problemOf(nodeModel(name));
    if (problem !== undefined) exceptions[name] = problem;
  }
});
const missed = Object.keys(exceptions).length;
const measured = `${JSON.stringify({ package: 'libonnx-testdata 1.12.0', models: names.length, matching: names.length - missed, exceptions }, null, 2)}\n`;
const path = join(golden, 'conformance.json');
console.log(`${names.length - missed} of ${names.length} node models run and match; ${missed} do not.`);
if (write) {
  writeFileSync(path, measured);
  const base64 = (bytes) => bytes.toString('base64');
  const models = Object.fromEntries(
    selection.map((name) => {
      const { model, sets } = nodeModel(name);
      return [
        name,
        { model: base64(model), sets: sets.map(({ inputs, outputs }) => ({ inputs: inputs.map(base64), outputs: outputs.map(base64) })) },
      ];
    }),
  );
  writeFileSync(join(golden, 'node-models.json'), `${JSON.stringify(models, null, 1)}\n`);
} else if (!existsSync(path) || readFileSync(path, 'utf8') !== measured) {
  console.error('test/golden/onnx/conformance.json says something else. Look at what changed, then run this with --write.');
  process.exitCode = 1;
}
