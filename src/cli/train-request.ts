/** From what `train` was given to a request: its data read, and what is asked of them. */
import { InputError } from '../base/errors.js';
import type { ImportOptions } from '../data/datasets.js';
import type { DatasetRecord, Warning } from '../spec/dataset.js';
import { TrainingSpec } from '../spec/training.js';
import { validate } from '../spec/validate.js';
import type { TrainingRequest } from '../train/trainer.js';
import type { Context, Given } from './command.js';
import { type DataRooms, importData } from './import-data.js';
import type { TrainingWish } from './train-spec.js';

export interface AskedTraining {
  request: TrainingRequest;
  dataset: DatasetRecord;
  /** What was found of the data when it was read. */
  warnings: Warning[];
}

/** @throws InputError naming the file, row and column; `missing-target` listing the columns, `invalid-training-spec` or `no-text-column` */
export async function importAsked(
  rooms: DataRooms,
  { positionals: [data], options }: Given,
  wish: TrainingWish,
  context: Context,
): Promise<AskedTraining> {
  const dataset = await importData(rooms, data, context);
  const test = options.get('test');
  const testDataset = test === undefined ? undefined : await importData(rooms, test, context, sizedLike(dataset));
  const request = { dataset: dataset.id, spec: askedOf(wish, dataset), ...(testDataset ? { testDataset: testDataset.id } : {}) };
  return { request, dataset, warnings: [...dataset.warnings, ...(testDataset?.warnings ?? [])] };
}

/** Pictures to test on are brought to the size of those trained on. */
function sizedLike({ fields }: DatasetRecord): ImportOptions {
  const size = fields.find(({ type }) => type === 'picture')?.picture;
  return size ? { pictures: size } : {};
}

/** @throws InputError `missing-target` listing the columns, `invalid-training-spec` or `no-text-column` */
function askedOf(wish: TrainingWish, dataset: DatasetRecord): TrainingSpec {
  const spec = specFor(wish, dataset);
  if (wish.texts) requireText(dataset, spec);
  return spec;
}

function specFor({ spec }: TrainingWish, dataset: DatasetRecord): TrainingSpec {
  // Of pictures, and of texts in folders, there is nothing else to predict than their class.
  const isKnown = dataset.origin.kind === 'builtin' || dataset.fields.some(({ type }) => type === 'picture') || isTexts(dataset);
  const target = spec.target ?? (isKnown ? dataset.suggestedTarget : undefined) ?? (spec.task === 'anomaly' ? '' : undefined);
  if (target === undefined) {
    const names = dataset.fields
      .slice(0, 20)
      .map(({ name }) => `"${name}"`)
      .join(', ');
    throw new InputError('missing-target', '"train" needs --target COL, the column to predict.', {
      advice: `Choose one of ${names}${dataset.fields.length > 20 ? ` and ${dataset.fields.length - 20} more` : ''}.`,
      place: { option: '--target', ...(dataset.suggestedTarget === undefined ? {} : { suggestion: dataset.suggestedTarget }) },
    });
  }
  return validate(TrainingSpec, { ...spec, target }, 'training-spec');
}

const isTexts = ({ fields, suggestedTarget }: DatasetRecord): boolean =>
  fields[0].name === 'text' && suggestedTarget === 'label' && fields.at(-1)?.type === 'identifier';

/** @throws InputError `no-text-column` */
function requireText(dataset: DatasetRecord, { ignore = [] }: TrainingSpec): void {
  if (dataset.fields.some(({ type, name }) => type === 'text' && !ignore.includes(name))) return;
  throw new InputError('no-text-column', `--task text asks for a column of text, and ${dataset.name} has none.`, {
    advice: 'Leave out --task, or give a folder of texts with one folder for each class, or a table with a column of texts.',
    place: { option: '--task', value: 'text' },
  });
}
