/** The column that is most likely to be learnt, and why. */
import type { Field } from '../spec/field.js';
import { type FieldType, isCategorical } from '../spec/field-type.js';
import { partNamed } from './pictures/paths.js';

const targetWord =
  /^(?:target|label|labels|class|classes|species|diagnosis|outcome|result|y|response|churn(?:ed)?|survived|status|attrition|default|fraud|(?:.*[_\s-])?price)$/i;

const partWord = /^(?:data[_\s-]?)?(?:part|split|subset|set|fold|partition)$/i;

/** Whether a column says which rows train, validate and test; a row without a part trains. */
export function saysParts({ name, type, distinct, top = [], missing }: Field): boolean {
  if (type !== 'category' || !partWord.test(name) || distinct > top.length) return false;
  const parts = new Set(top.map(({ value }) => partNamed(value)));
  return !parts.has(undefined) && (parts.has('training') || missing > 0) && (parts.has('validation') || parts.has('test'));
}

/** Runners-up that are told. */
const mostTargets = 4;
const fewClasses = 20;

const neverTargets: ReadonlySet<FieldType> = new Set(['identifier', 'text', 'datetime', 'picture']);

const isCandidate = (field: Field): boolean => field.distinct > 1 && !neverTargets.has(field.type) && !saysParts(field);

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
  const candidates = fields.filter(isCandidate);
  for (const field of candidates.filter(({ name }) => targetWord.test(name)).reverse())
    add(field, 'Its name says that it is what is asked for.');
  add(candidates.at(-1), 'It is the last column that can be learnt, where targets usually stand.');
  const few = candidates.filter(({ type, distinct }) => isCategorical(type) && distinct <= fewClasses);
  for (const field of few.sort((a, b) => a.distinct - b.distinct)) add(field, `It has ${field.distinct} classes to tell apart.`);
  add(candidates[0], 'It is the first column that can be learnt.');
  return [...found].slice(0, mostTargets).map(([name, reason]) => ({ name, reason }));
}
