/** Checks of data from outside against the vocabulary. Runs without `eval`, as the page's security policy demands. */
import { config, type infer as Infer, type ZodMiniType } from 'zod/mini';
import { InputError } from '../base/errors.js';
import { expectation, shown } from './expectation.js';

config({ jitless: true });

/**
 * Answers the value when it has the schema's form.
 * @throws InputError `invalid-NAME`, naming the first field that is wrong and what was expected there.
 */
export function validate<Schema extends ZodMiniType>(schema: Schema, value: unknown, name: string): Infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data as Infer<Schema>;
  const issue = result.error.issues[0];
  const field = issue.path.map(String).join('.');
  const given = `${shown(value, issue.path)} was given`;
  throw new InputError(`invalid-${name}`, `The ${name} is not valid${field ? ` at "${field}"` : ''}: ${expectation(issue)}; ${given}.`, {
    advice: `Correct ${field ? `"${field}"` : `the ${name}`} and try again.`,
    place: { field },
  });
}
