/** Presets that are for other rows or another task than these are refused, by name. */
import { InputError } from '../../base/errors.js';
import { type LearntFrom, type Preset, presetFits, presetsFor } from '../../spec/preset.js';
import type { RecipeFacts } from '../recipe.js';

/** Of a preset that is for such rows. @throws InputError `preset-misfit` */
export function requireTask(preset: Preset, of: LearntFrom): void {
  if (presetFits(preset, { ...of, series: true, texts: true })) return;
  throw new InputError('preset-misfit', `The preset "${preset}" is not for the task ${of.task}.`, {
    advice: `Choose ${presetsFor(of).join(' or ')}.`,
    place: { field: 'preset' },
  });
}

/** @throws InputError `preset-needs-pictures`, `preset-needs-columns`, `preset-misfit`, `preset-needs-windows` or `preset-needs-texts` */
export function requireRows(preset: Preset, { task, shape, sequence, indices, texts, features }: RecipeFacts): void {
  const pictures = shape !== undefined || features === true;
  const looked = indices !== undefined || texts !== undefined;
  const series = sequence !== undefined && !looked;
  if (!presetFits(preset, { pictures, series: true, texts: true })) throw pictures ? needsColumns(preset) : needsPictures(preset);
  requireTask(preset, { pictures, series, task });
  if (presetFits(preset, { pictures, series, texts: texts !== undefined })) return;
  if (presetFits(preset, { pictures, series, texts: true })) throw needsTexts(preset);
  throw new InputError('preset-needs-windows', `The preset "${preset}" is for windows of a time series, and these rows have none.`, {
    advice: looked
      ? 'Choose another step than "embedding" or "tokens": numbers of categories or words are no values of a series.'
      : 'Choose the task forecast, or windows over a column of numbers or categories in the pipeline.',
    place: { field: 'preset' },
  });
}

const needsTexts = (preset: Preset): InputError =>
  new InputError('preset-needs-texts', `The preset "${preset}" reads texts, and there are none to learn from.`, {
    advice: 'Give a column the type text or the step "tokens", or choose the preset mlp or residual, or auto.',
    place: { field: 'preset' },
  });

const needsColumns = (preset: Preset): InputError =>
  new InputError('preset-needs-columns', `The preset "${preset}" is for columns, and these rows are pictures.`, {
    advice: 'Choose the preset cnn, resnet or transfer, or auto.',
    place: { field: 'preset' },
  });

export const needsPictures = (preset: Preset): InputError =>
  new InputError('preset-needs-pictures', `The preset "${preset}" is for pictures, and these rows have none.`, {
    advice: 'Choose the preset mlp or residual, or auto.',
    place: { field: 'preset' },
  });
