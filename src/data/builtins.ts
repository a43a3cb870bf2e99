/** The built-in tables: what `public/data/index.json` lists. The file is our own; a test holds it to its form. */
import { InputError } from '../base/errors.js';
import { listed } from './columns/access.js';
import type { BuiltinDescription, ReadBuiltin } from './source.js';

export async function listBuiltins(readBuiltin: ReadBuiltin): Promise<BuiltinDescription[]> {
  const file = await readBuiltin('index.json');
  return (await new Response(file.stream()).json()) as BuiltinDescription[];
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
