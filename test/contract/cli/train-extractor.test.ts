/** `train --extractor`: a network of another program from a file, held to its hash, and not needed by the model that comes of it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as keras from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { sha256 } from '../../../src/base/hash.js';
import { smallClassifier } from '../infer/import/foreign.js';
import { png } from '../png.js';
import { stripedFolder } from '../stripes.js';
import { failure, file, folder, runHere } from './command.js';

const data = join(folder, 'stripes');
for (const { path, picture } of stripedFolder(8, 8, 3)) {
  mkdirSync(dirname(join(data, path)), { recursive: true });
  writeFileSync(join(data, path), png(picture));
}
const line = (out: string, ...more: string[]) => ['train', data, '--epochs', '2', '--out', join(folder, out), ...more];

test('an ONNX file: another hash is refused, and a run that is gone on with asks for the same', async () => {
  const bytes = smallClassifier();
  const path = file('foreign.onnx', bytes);
  const hash = await sha256(bytes);
  expect(await failure(...line('wrong', '--extractor', path, '--extractor-sha256', '0'.repeat(64)))).toMatchObject({ code: 'wrong-hash' });
  const { status, stdout } = await runHere(...line('behind', '--extractor', path, '--extractor-sha256', hash, '--json'));
  expect(status).toBe(0);
  expect((await runHere(...line('behind', '--extractor', path, '--resume', '--json'))).stdout).toBe(stdout);
  expect((await runHere('evaluate', join(folder, 'behind'), data, '--json')).status).toBe(0);
  expect(await failure(...line('alone', '--extractor-sha256', hash))).toMatchObject({ code: 'missing-extractor' });
});

test('a LayersModel of TensorFlow.js, with its weights beside it', async () => {
  const model = keras.sequential({
    layers: [
      keras.layers.conv2d({ inputShape: [8, 8, 3], filters: 6, kernelSize: 3, padding: 'same', activation: 'relu' }),
      keras.layers.globalAveragePooling2d({}),
      keras.layers.dense({ units: 3, activation: 'softmax' }),
    ],
  });
  await model.save({
    save: async ({ modelTopology, weightSpecs, weightData }) => {
      file('model.json', JSON.stringify({ modelTopology, weightsManifest: [{ paths: ['shard.bin'], weights: weightSpecs }] }));
      file('shard.bin', new Uint8Array(weightData as ArrayBuffer));
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    },
  });
  const { status, stderr } = await runHere(...line('layers', '--extractor', join(folder, 'model.json')));
  expect({ status, stderr }).toMatchObject({ status: 0 });
});
