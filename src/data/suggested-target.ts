/** The column that is most likely to be learnt. */
import type { Field } from '../spec/field.js';

const targetWord =
  /^(?:target|label|labels|class|classes|species|diagnosis|outcome|result|y|response|churn(?:ed)?|survived|status|attrition|default|fraud|(?:.*[_\s-])?price)$/i;

/** @param known the target that a built-in table comes with */
export function suggestTarget(fields: readonly Field[], known?: string): string | undefined {
  if (known !== undefined && fields.some((field) => field.name === known)) return known;
  const candidates = fields.filter(
    ({ type, distinct }) => type !== 'identifier' && type !== 'text' && type !== 'datetime' && type !== 'picture' && distinct > 1,
  );
  return (candidates.findLast((field) => targetWord.test(field.name)) ?? candidates.at(-1))?.name;
}
