/** The extractor that a spec asks for, made fit for a dataset's pictures. */
import { InputError } from '../../base/errors.js';
import type { ReadBuiltin } from '../../data/source.js';
import { taskFor } from '../../data/task.js';
import { modelRecord } from '../../infer/predictor.js';
import { WeightsCache } from '../../infer/weights-cache.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import { isTransfer } from '../../spec/preset.js';
import type { TrainingSpec } from '../../spec/training.js';
import type { Store } from '../../storage/store.js';
import { needsPictures, requireTask } from '../presets/fitting.js';
import { builtinOutput, readBuiltinExtractor } from './builtin.js';
import { type Extractor, extractorOf } from './extractor.js';

/**
 * Undefined where the preset is another.
 * @throws InputError `preset-needs-pictures`, `preset-misfit`, `unknown-model`, and what `extractorOf` says of a model that does not fit
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
  const { model, output } = spec.extractor ?? {};
  if (model === undefined) return extractorOf(await readBuiltinExtractor(readBuiltin), size, { output: output ?? builtinOutput });
  const record = await modelRecord(store, model);
  return extractorOf({ record, weights: await new WeightsCache(store).weightsOf(record), hash: record.weights.hash }, size, spec.extractor);
}
