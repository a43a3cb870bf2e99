/** The column that is most likely to be learnt, and why. */
import type { Field } from '../spec/field.js';
import { isCategorical } from '../spec/field-type.js';

const targetWord =
  /^(?:target|label|labels|class|classes|species|diagnosis|outcome|result|y|response|churn(?:ed)?|survived|status|attrition|default|fraud|(?:.*[_\s-])?price)$/i;

/** Runners-up that are told. */
const mostTargets = 4;
const fewClasses = 20;

/** @param known the target that a built-in table comes with */
export function suggestTarget(fields: readonly Field[], known?: string): string | undefined {
  return likelyTargets(fields, known)[0]?.name;
}

/** The likeliest first: by its name, then by standing last, then by having few classes. */
export function likelyTargets(fields: readonly Field[], known?: string): { name: string; reason: string }[] {
  const found = new Map<string, string>();
  const add = (field: Field | undefined, reason: string): void => {
    if (field && !found.has(field.name)) found.set(field.name, reason);
  };
  add(
    fields.find(({ name }) => name === known),
    'The table comes with it.',
  );
  const candidates = fields.filter(
    ({ type, distinct }) => type !== 'identifier' && type !== 'text' && type !== 'datetime' && type !== 'picture' && distinct > 1,
  );
  for (const field of candidates.filter(({ name }) => targetWord.test(name)).reverse())
    add(field, 'Its name says that it is what is asked for.');
  add(candidates.at(-1), 'It is the last column that can be learnt, where targets usually stand.');
  const few = candidates.filter(({ type, distinct }) => isCategorical(type) && distinct <= fewClasses);
  for (const field of few.sort((a, b) => a.distinct - b.distinct)) add(field, `It has ${field.distinct} classes to tell apart.`);
  add(candidates[0], 'It is the first column that can be learnt.');
  return [...found].slice(0, mostTargets).map(([name, reason]) => ({ name, reason }));
}
