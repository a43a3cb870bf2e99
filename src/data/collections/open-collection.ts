/**
 * What the files of a folder or an archive are together: one table, ratings with the films that they rate, tables of equal columns, texts by
 * class, or none of these, and then pictures are looked for. Where it is not clear, nothing is guessed: the choice is the user's.
 */
import { InputError } from '../../base/errors.js';
import { compareTexts } from '../../base/texts.js';
import { listed } from '../columns/access.js';
import { formatOf } from '../pictures/header.js';
import { isLeftover } from '../pictures/paths.js';
import type { Source } from '../source.js';
import type { OpenOptions } from '../sources/bytes.js';
import type { TableFile } from '../sources/table-file.js';
import { type CollectionFile, isPictureName, isTableName, isTextName, sourceOf } from './collection-file.js';

export interface Collection {
  name: string;
  files: readonly CollectionFile[];
  isArchive: boolean;
  /** The path of the file that is wanted, where somebody chose. */
  entry?: string | undefined;
}

/** One table to be opened as such, or several as one; nothing where there is none. */
export type CollectionTable = { table: Source } | { open: () => Promise<TableFile> } | undefined;

/** Who packs a table adds a few words at most; many files are a set of their own kind. */
const mostBeside = 20;

/** @throws InputError `no-such-entry`; when opened, of an archive `several-tables` */
export async function openCollection({ name, files: all, isArchive, entry }: Collection, options: OpenOptions): Promise<CollectionTable> {
  const files = all.filter(({ path }) => !isLeftover(path)).sort((a, b) => compareTexts(a.path, b.path));
  if (entry !== undefined) return { table: sourceOf(chosen(files, entry, name)) };
  const { movieLensIn, openMovieLens } = await import('./movielens.js');
  const movieLens = movieLensIn(files);
  if (movieLens) return { open: () => openMovieLens(name, movieLens, options) };
  if (files.some(({ path }) => isPictureName(path))) return undefined;
  const tables = files.filter(({ path }) => isTableName(path));
  if (tables.length === 1 && files.length <= mostBeside)
    return (await holdsPicture(files, tables[0])) ? undefined : { table: sourceOf(tables[0]) };
  if (tables.length > 1) {
    const { openTogether } = await import('./together.js');
    const open = (): Promise<TableFile> => openTogether(name, tables, options);
    // Who gives a folder means all of it; an archive may bring what is of no interest.
    return { open: () => (isArchive ? open().catch((cause) => Promise.reject(asChoice(cause, name, tables))) : open()) };
  }
  const texts = await textsAmong(files, options.signal);
  if (!texts) return undefined;
  if (texts.length === 1 && files.length <= mostBeside) return { table: sourceOf(texts[0]) };
  const { openTexts } = await import('./texts.js');
  return { open: async () => openTexts(name, texts, files.length - texts.length, options.signal) };
}

/** By their names where most have such, else by what is in them. */
async function textsAmong(files: readonly CollectionFile[], signal?: AbortSignal): Promise<CollectionFile[] | undefined> {
  const named = files.filter(({ path }) => isTextName(path));
  if (named.length > 0 && named.length >= files.length / 2) return named;
  // A table among them is what somebody may have meant.
  if (files.some(({ path }) => isTableName(path))) return undefined;
  const { textsByContent } = await import('./texts-by-content.js');
  return textsByContent(files, signal);
}

/** A picture may be called anything. */
async function holdsPicture(files: readonly CollectionFile[], besides: CollectionFile): Promise<boolean> {
  for (const file of files) if (file !== besides && formatOf(await file.begin().catch(() => new Uint8Array(0)))) return true;
  return false;
}

function chosen(files: readonly CollectionFile[], entry: string, name: string): CollectionFile {
  const found = files.find(({ path }) => path === entry) ?? onlyOne(files.filter(({ path }) => path.endsWith(`/${entry}`)));
  if (found) return found;
  throw new InputError('no-such-entry', `${name} has no file "${entry}".`, {
    advice: `Its files are: ${listed(files.map(({ path }) => path))}.`,
    place: { file: name, entry },
  });
}

const onlyOne = <Item>(items: readonly Item[]): Item | undefined => (items.length === 1 ? items[0] : undefined);

const mostOffered = 100;

/** Unequal tables cannot be one: `entries` of the place are what can be chosen, a line each. */
function asChoice(cause: unknown, name: string, tables: readonly CollectionFile[]): unknown {
  if (!(cause instanceof InputError) || cause.code !== 'unequal-columns') return cause;
  const paths = tables.map(({ path }) => path);
  return new InputError('several-tables', `${name} holds ${tables.length} tables of different columns: ${listed(paths)}.`, {
    advice: `Choose one: on the command line ${name.split(/[/\\]/).at(-1)}#${paths[0]}.`,
    cause,
    place: { file: name, entries: paths.slice(0, mostOffered).join('\n') },
  });
}
