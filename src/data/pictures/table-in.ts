/** The one table of a zip that holds nothing else: read as if it had been given by itself. */
import type { Source } from '../source.js';
import { formatOf } from './header.js';
import { isLeftover } from './paths.js';
import type { PictureFile } from './picture-file.js';
import type { ZipFile } from './zip.js';

const isTable = /\.(csv|tsv)$/i;
/** Who packs a table adds a few words at most; a zip of more files is one of pictures. */
const mostBeside = 20;

/** What office programs save is a zip as well, and its pictures are no data. */
const isDocument = /^(\[Content_Types\]\.xml|mimetype)$/;

/** @returns nothing where there is no table, more than one, or a picture */
export async function tableIn(all: readonly ZipFile[]): Promise<Source | undefined> {
  const files = all.filter(({ path }) => !isLeftover(path));
  const tables = files.filter(({ path }) => isTable.test(path));
  if (tables.length !== 1 || files.length > mostBeside) return undefined;
  const [table] = tables;
  for (const file of files) {
    if (file !== table && formatOf(await file.begin().catch(() => new Uint8Array(0)))) return undefined;
  }
  return { kind: 'file', name: table.path, file: { name: table.path, repeatable: true, stream: () => table.stream() } };
}

export const isOfficeDocument = (files: readonly PictureFile[]): boolean => files.some(({ path }) => isDocument.test(path));
