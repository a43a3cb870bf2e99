/** Networks that can be extractors: our own saved models, and those of other programs that our layers can say. */
import { InputError } from '../../base/errors.js';
import { pictureStep } from '../../data/pipeline.js';
import { fileOf } from '../../infer/tensors/keep.js';
import { PictureSize } from '../../spec/field.js';
import type { TensorModelRecord } from '../../spec/tensor-model.js';
import type { ModelRecord } from '../../spec/trained.js';
import type { ExtractorSpec } from '../../spec/training.js';
import type { Store } from '../../storage/store.js';
import type { TrainedNetwork } from './extractor.js';

/** @throws InputError `extractor-not-pictures` */
export function ownNetwork(
  { name, model, pipeline }: Pick<ModelRecord, 'name' | 'model' | 'pipeline'>,
  weights: Float32Array,
  hash: string,
): TrainedNetwork {
  const pictures = pictureStep(pipeline);
  if (!pictures) throw notPictures(name, 'does not learn from pictures');
  return { name, model, pictures, weights, hash };
}

/**
 * @throws InputError `network-not-convertible`, naming the operator that no layer of ours computes; `extractor-not-pictures`;
 * `extractor-channels`; StorageError where its file is damaged
 */
export async function foreignNetwork(store: Store, record: TensorModelRecord, { mean, deviation }: ExtractorSpec): Promise<TrainedNetwork> {
  const { name, sha256: hash } = record;
  const { readOnnxNetwork } = await import('../../infer/import/onnx-network/read.js');
  const { model, weights } = readOnnxNetwork(await fileOf(store, record));
  const shape = model.shape ?? [model.inputs];
  const found = PictureSize.safeParse({ height: shape[0], width: shape[1], channels: shape[2] });
  if (shape.length !== 3 || !found.success)
    throw notPictures(name, `takes [${shape.join(', ')}], which is no picture in grey or in colour`);
  const { channels } = found.data;
  const perChannel = (field: 'mean' | 'deviation', given: number[] | undefined, otherwise: number): number[] => {
    const values = given ?? Array.from({ length: channels }, () => otherwise);
    if (values.length === channels) return values;
    throw new InputError(
      'extractor-channels',
      `"extractor.${field}" has ${values.length} numbers, and "${name}" has ${channels} channels.`,
      {
        advice: 'Give one number for each channel.',
        place: { field: `extractor.${field}` },
      },
    );
  };
  const pictures = {
    size: found.data,
    mean: perChannel('mean', mean, 0),
    deviation: perChannel('deviation', deviation, 1),
  };
  return { name, model, pictures, weights, hash };
}

const notPictures = (name: string, why: string): InputError =>
  new InputError('extractor-not-pictures', `The model "${name}" ${why}, and cannot be an extractor.`, {
    advice: 'Choose a model that was trained on pictures, or leave "extractor" out.',
    place: { field: 'extractor.model' },
  });
