/** `train --extractor`: a network from a file or an address, kept beside the data for as long as the training reads it. */
import { InputError } from '../base/errors.js';
import { checkedHash, importFrom } from '../infer/import/import-from.js';
import type { AnyModelRecord } from '../infer/models.js';
import type { Store } from '../storage/store.js';
import type { Context, Given } from './command.js';
import { importModelFile } from './model-file.js';
import type { TrainingWish } from './train-spec.js';

export const extractorOptions = {
  extractor: {
    value: 'FILE|URL',
    description: 'a network that reads the pictures for the preset transfer: ONNX, safetensors, or model.json of TensorFlow.js',
  },
  'extractor-sha256': { value: 'HEX', description: 'the SHA-256 of the file of --extractor: another file is refused' },
};

/** The wish with the extractor named by its content, so that a training that is gone on with asks for the same. */
export async function withExtractor(wish: TrainingWish, given: Given, store: Store, context: Context): Promise<TrainingWish> {
  const path = given.options.get('extractor');
  const hash = given.options.get('extractor-sha256');
  if (path === undefined) {
    if (hash === undefined) return wish;
    throw new InputError('missing-extractor', '--extractor-sha256 is of a file that is not named.', {
      advice: 'Add --extractor FILE, or leave it out.',
      place: { option: '--extractor-sha256' },
    });
  }
  const record = await opened(path, hash === undefined ? undefined : checkedHash(hash), store, context);
  const model = record.kind === 'model' ? record.weights.hash : record.sha256;
  const { spec } = wish;
  return { ...wish, spec: { ...spec, preset: spec.preset ?? 'transfer', extractor: { ...spec.extractor, model } } };
}

async function opened(path: string, hash: string | undefined, store: Store, { output, signal }: Context): Promise<AnyModelRecord> {
  if (/^https?:\/\//i.test(path)) {
    const loading = importFrom(store, path, hash === undefined ? {} : { sha256: hash }, signal);
    for (let next = await loading.next(); ; next = await loading.next()) {
      if (next.done) return next.value;
      output.progress(`Reading ${path}: ${next.value.bytes} bytes`);
    }
  }
  return await importModelFile(store, { path, sha256: hash, place: { option: '--extractor' } });
}
