/** The extractor that a spec asks for, made fit for a dataset's pictures. */
import { InputError } from '../../base/errors.js';
import type { ReadBuiltin } from '../../data/source.js';
import { taskFor } from '../../data/task.js';
import { modelRecord } from '../../infer/predictor.js';
import { keptAs } from '../../infer/tensors/keep.js';
import { WeightsCache } from '../../infer/weights-cache.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import { isTransfer } from '../../spec/preset.js';
import type { TensorModelRecord } from '../../spec/tensor-model.js';
import type { TrainingSpec } from '../../spec/training.js';
import type { Store } from '../../storage/store.js';
import { needsPictures, requireTask } from '../presets/fitting.js';
import { readBuiltinExtractor } from './builtin.js';
import { builtinOutput } from './builtin-outputs.js';
import { type Extractor, extractorOf } from './extractor.js';
import { foreignNetwork, ownNetwork } from './trained.js';

/**
 * Undefined where the preset is another.
 * @throws InputError `preset-needs-pictures`, `preset-misfit`, `unknown-model`, `extractor-normalised`, and what `foreignNetwork` and `extractorOf`
 * say of a model that does not fit
 */
export async function openExtractor(
  store: Store,
  readBuiltin: ReadBuiltin,
  { fields }: DatasetRecord,
  spec: TrainingSpec,
): Promise<Extractor | undefined> {
  if (!isTransfer(spec)) {
    if (spec.extractor === undefined) return undefined;
    throw new InputError('extractor-unused', 'An extractor is named, and only the preset "transfer" has one.', {
      advice: 'Choose the preset transfer, or leave "extractor" out.',
      place: { field: 'extractor' },
    });
  }
  const size = fields.find(({ type, name }) => type === 'picture' && !spec.ignore?.includes(name))?.picture;
  if (!size) throw needsPictures('transfer');
  // Told before any picture is read, and whatever layers stand behind.
  requireTask('transfer', { pictures: true, task: taskFor(fields, spec).task });
  const wanted = spec.extractor ?? {};
  const { model, output } = wanted;
  const foreign = model === undefined ? undefined : await foreignRecord(store, model);
  if (foreign) return extractorOf(await atModel(foreignNetwork(store, foreign, wanted)), size, wanted);
  if (wanted.mean !== undefined || wanted.deviation !== undefined) throw knownAlready();
  if (model === undefined) return extractorOf(await readBuiltinExtractor(readBuiltin), size, { output: output ?? builtinOutput });
  const record = await atModel(modelRecord(store, (await idOfWeights(store, model)) ?? model));
  return extractorOf(ownNetwork(record, await new WeightsCache(store).weightsOf(record), record.weights.hash), size, wanted);
}

/** By its id, or by what its file is. */
async function foreignRecord(store: Store, model: string): Promise<TensorModelRecord | undefined> {
  const record = await store.get('tensor-model', model);
  return record && record.deleted === undefined ? record : keptAs(store, model);
}

const idOfWeights = async (store: Store, hash: string): Promise<string | undefined> =>
  (await store.list('model')).find(({ weights, deleted }) => weights.hash === hash && deleted === undefined)?.id;

/** Whatever is wrong with the model itself is wrong with what the spec names. */
const atModel = <Found>(opening: Promise<Found>): Promise<Found> =>
  opening.catch((thrown: unknown) => {
    if (!(thrown instanceof InputError) || thrown.place.field !== undefined) throw thrown;
    const { code, message, advice, cause, place } = thrown;
    throw new InputError(code, message, { advice, cause, place: { field: 'extractor.model', ...place } });
  });

const knownAlready = (): InputError =>
  new InputError('extractor-normalised', 'How pixels are normalised for a model of our own is known from its training.', {
    advice: 'Leave "extractor.mean" and "extractor.deviation" out.',
    place: { field: 'extractor' },
  });
