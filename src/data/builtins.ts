/** The built-in tables: what `public/data/index.json` lists. */
import * as z from 'zod/mini';
import { InputError } from '../base/errors.js';
import { validate } from '../spec/validate.js';
import { listed } from './columns/access.js';
import type { BuiltinDescription, ReadBuiltin } from './source.js';

const BuiltinIndex = z.array(
  z.object({
    name: z.string(),
    title: z.string(),
    description: z.string(),
    rows: z.number(),
    columns: z.number(),
    target: z.string(),
    task: z.enum(['classification', 'regression']),
    attribution: z.string(),
    licence: z.string(),
    source: z.string(),
    file: z.string(),
  }),
);

export async function listBuiltins(readBuiltin: ReadBuiltin): Promise<BuiltinDescription[]> {
  const file = await readBuiltin('index.json');
  return validate(BuiltinIndex, await new Response(file.stream()).json(), 'builtin-index');
}

/** @throws InputError `unknown-builtin`, listing those that there are */
export async function findBuiltin(name: string, readBuiltin: ReadBuiltin): Promise<BuiltinDescription> {
  const builtins = await listBuiltins(readBuiltin);
  const found = builtins.find((builtin) => builtin.name === name);
  if (found) return found;
  throw new InputError('unknown-builtin', `There is no built-in table "${name}".`, {
    advice: `There are ${listed(builtins.map((builtin) => builtin.name))}.`,
    place: { name },
  });
}
