/** How many groups rows may be measured in. */
import { InputError } from '../base/errors.js';

/** More groups than this are rows in disguise, and their figures noise. */
const mostGroups = 100;

/** @throws InputError `too-many-groups` */
export function requireFewGroups(count: number, column: string): void {
  if (count <= mostGroups) return;
  throw new InputError('too-many-groups', `Column "${column}" has more than ${mostGroups} values.`, {
    advice: 'Choose a column with few values.',
    place: { column },
  });
}
