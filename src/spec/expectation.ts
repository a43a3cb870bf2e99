/** What a value should have been, in words: zod's own texts are left out of the page, where they would weigh more than this. */
import type { core } from 'zod/mini';

/** @returns for example `expected a number of at most 10` */
export function expectation(issue: core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${words[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `expected ${anyOf(issue.values)}`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `expected ${anyOf(issue.options)}`
        : 'none of the forms that it may have fits';
    case 'too_small':
      return `expected ${quantities[issue.origin] ?? 'a value'} ${issue.inclusive === false ? 'above' : 'of at least'} ${issue.minimum}`;
    case 'too_big':
      return `expected ${quantities[issue.origin] ?? 'a value'} ${issue.inclusive === false ? 'below' : 'of at most'} ${issue.maximum}`;
    case 'unrecognized_keys':
      return `did not expect ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    default:
      return 'it does not have the expected form';
  }
}

const anyOf = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(' or ');

const words: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const quantities: Readonly<Record<string, string>> = { number: 'a number', int: 'a number', array: 'a length', string: 'a length' };

const longest = 60;

/** The value at a path, for a message. */
export function shown(value: unknown, path: readonly PropertyKey[]): string {
  let inner = value;
  for (const key of path)
    inner =
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as Record<PropertyKey, unknown>)[key] : undefined;
  if (inner === undefined) return 'nothing';
  const text = typeof inner === 'number' ? String(inner) : (JSON.stringify(inner) ?? typeof inner);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
