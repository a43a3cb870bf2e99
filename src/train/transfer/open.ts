/** The extractor that a spec asks for, made fit for a dataset's pictures. */
import { InputError } from '../../base/errors.js';
import type { ReadBuiltin } from '../../data/source.js';
import { taskFor } from '../../data/task.js';
import { anyModel } from '../../infer/any-model.js';
import type { AnyModelRecord } from '../../infer/models.js';
import { thereIs } from '../../infer/predictor.js';
import { keptAs } from '../../infer/tensors/keep.js';
import { WeightsCache } from '../../infer/weights-cache.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import { isTransfer } from '../../spec/preset.js';
import type { ModelRecord } from '../../spec/trained.js';
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
  const record = model === undefined ? undefined : await atModel(named(store, model));
  if (record?.kind === 'tensor-model') return extractorOf(await atModel(foreignNetwork(store, record, wanted)), size, wanted);
  if (wanted.mean !== undefined || wanted.deviation !== undefined) throw knownAlready();
  if (!record) return extractorOf(await readBuiltinExtractor(readBuiltin), size, { output: output ?? builtinOutput });
  return extractorOf(ownNetwork(record, await new WeightsCache(store).weightsOf(record), record.weights.hash), size, wanted);
}

/** By its id, or by the hash of its file or weights. @throws InputError `unknown-model` */
async function named(store: Store, model: string): Promise<AnyModelRecord> {
  const record = await anyModel(store, model);
  if (record && record.deleted === undefined) return record.kind === 'model' ? thereIs(model, record) : record;
  return (await keptAs(store, model)) ?? thereIs(model, await withWeights(store, model));
}

const withWeights = async (store: Store, hash: string): Promise<ModelRecord | undefined> =>
  (await store.list('model')).find(({ weights, deleted }) => weights.hash === hash && deleted === undefined);

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
