/** Labels of versions, as TensorFlow Serving has them: names that point at a version which is loaded. */
import { InputError } from '../base/errors.js';

const longest = 100;

/** @throws InputError `invalid-label` */
export function checkLabel(label: string): void {
  if (/^\w+$/.test(label) && label.length <= longest) return;
  throw new InputError('invalid-label', `"${label.slice(0, longest)}" cannot be a label.`, {
    advice: 'Labels are letters, digits and "_".',
    place: { label: label.slice(0, longest) },
  });
}

export const labelNotLoaded = (name: string, version: number): InputError =>
  new InputError('label-not-loaded', `Version ${version} of "${name}" is not loaded, so no label can point at it.`, {
    advice: 'Load it first.',
    place: { model: name, version },
  });
