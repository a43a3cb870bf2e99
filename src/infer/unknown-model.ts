/** A model that is not there. */
import { InputError } from '../base/errors.js';

export const unknownModel = (id: string): InputError =>
  new InputError('unknown-model', `There is no model "${id}".`, { advice: 'Choose one from the list of models.', place: { model: id } });
