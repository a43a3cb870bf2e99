/** The built-in tables in Node: files of the package, beside the sources as well as beside the built library. */
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ByteSource } from '../../data/source.js';
import { builtinMissing, checkBuiltinName } from '../builtin-names.js';

/** @throws InputError `builtin-missing` */
export async function readBuiltin(file: string): Promise<ByteSource> {
  const path = join(folder(), checkBuiltinName(file));
  const { size } = await stat(path).catch((cause: unknown) => {
    throw builtinMissing(path, 'Install benchwright anew: a file of the package is gone.', cause);
  });
  return { name: file, size, stream: () => Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array> };
}

/** The nearest `public/data` above this module. */
function folder(): string {
  let above = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(above, 'public/data/index.json'))) {
    const parent = dirname(above);
    if (parent === above) throw builtinMissing('public/data', 'Install benchwright anew: a folder of the package is gone.');
    above = parent;
  }
  return join(above, 'public/data');
}
