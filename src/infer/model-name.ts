/** What a model may be called. */
import { InputError } from '../base/errors.js';

const longestName = 200;

/** Without spaces at its ends. @throws InputError `invalid-name` */
export function checkedName(name: string, model: string): string {
  const trimmed = name.trim();
  if (trimmed !== '' && trimmed.length <= longestName) return trimmed;
  throw new InputError('invalid-name', `"${trimmed.slice(0, 40)}" cannot be a model's name: it has ${trimmed.length} characters.`, {
    advice: `Choose a name of 1 to ${longestName} characters.`,
    place: { model },
  });
}
