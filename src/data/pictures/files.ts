/** Many picture files as one source of pictures, decoded one after the other. */

import { throwIfAborted } from '../../base/abort.js';
import { InputError } from '../../base/errors.js';
import { compareTexts } from '../../base/texts.js';
import type { PictureSize } from '../../spec/field.js';
import { listed } from '../columns/access.js';
import type { Picture } from '../table.js';
import { decideSize } from './decide-size.js';
import { beginning, decodePicture, notAPicture } from './decode.js';
import type { LoadDecoder } from './decoder.js';
import { formatOf, headerBytes } from './header.js';
import type { PictureItem, PictureSource } from './item.js';
import { isLeftover, meaningOf, withoutCommonFolder } from './paths.js';
import { isOfOneFile, type PictureFile } from './picture-file.js';
import { resizePicture } from './resize.js';
import { Skipped } from './skipped.js';

export interface OpenPicturesOptions {
  loadDecoder: LoadDecoder;
  /** Decided from the files when left out. */
  size?: PictureSize | undefined;
  /** Whether pictures without a class are an error. */
  needClasses: boolean;
  signal?: AbortSignal | undefined;
}

/**
 * Yields while it looks at the files, nothing where a size is given.
 * @throws InputError `no-pictures`, `no-classes`; while iterating the same where it turns out then; AbortError
 */
export async function* openPictureFiles(
  name: string,
  all: readonly PictureFile[],
  options: OpenPicturesOptions,
): AsyncGenerator<void, PictureSource> {
  const { loadDecoder, signal } = options;
  const wanted = all.filter(({ path }) => !isLeftover(path)).sort((a, b) => compareTexts(a.path, b.path));
  const paths = withoutCommonFolder(wanted.map(({ path }) => path));
  const files = wanted.map((file, index) => ({ file, path: paths[index], meaning: meaningOf(paths[index]) }));
  const size = options.size ?? (yield* decideSize(wanted, loadDecoder, signal));
  if (!size) throw nothingToRead(name, wanted);
  const skipped = new Skipped(name);
  const bytes = wanted.reduce((sum, file) => sum + file.size, 0);
  const has = {
    label: files.some(({ meaning }) => meaning.label !== undefined),
    part: files.some(({ meaning }) => meaning.part !== undefined),
    file: true,
  };
  if (options.needClasses && !has.label) throw noClasses(name, paths[0]);
  return { name, size, has, bytes, items: itemsOf(size), warnings: () => skipped.warnings() };

  async function* itemsOf(size: PictureSize): AsyncGenerator<PictureItem> {
    let [read, count, labelled] = [0, 0, 0];
    for (const { file, path, meaning } of files) {
      throwIfAborted(signal);
      read += file.size;
      const picture = await pictureOf(file, loadDecoder, skipped);
      if (!picture) continue;
      count += 1;
      if (meaning.label !== undefined) labelled += 1;
      else if (has.label) skipped.addUnlabelled(path);
      yield { pixels: resizePicture(picture, size), ...meaning, file: path, bytes: read };
    }
    if (count === 0) throw noPictures(name, skipped.reason);
    if (options.needClasses && labelled === 0) throw noClasses(name, paths[0]);
  }
}

async function pictureOf(file: PictureFile, loadDecoder: LoadDecoder, skipped: Skipped): Promise<Picture | undefined> {
  let isPicture = false;
  try {
    const begun = await file.begin();
    isPicture = formatOf(begun) !== undefined;
    // What is none need not be read, however much there is of it.
    if (!isPicture) throw notAPicture(file.path, `it begins with ${beginning(begun)}`);
    return await decodePicture(begun.length < headerBytes ? begun : await file.read(), file.path, loadDecoder);
  } catch (error) {
    if (!isOfOneFile(error)) throw error;
    if (isPicture) skipped.addDamaged(error);
    else skipped.addOther(error);
    return undefined;
  }
}

const nothingToRead = (name: string, files: readonly PictureFile[]): InputError => {
  const what =
    files.length === 0 ? 'it is empty' : `no table, text or picture is among its files: ${listed(files.map(({ path }) => path))}`;
  return new InputError('nothing-to-read', `${name} holds nothing that can be read: ${what}.`, {
    advice:
      'Give tables (CSV, TSV, JSON, NDJSON, Arrow, Parquet), texts (.txt) or pictures (PNG, JPEG, WebP), the last two in a folder for each class.',
    place: { file: name },
  });
};

const noPictures = (name: string, reason: string): InputError =>
  new InputError('no-pictures', `${name} holds no picture that can be read. ${reason}`.trimEnd(), {
    advice: 'Give a folder or a zip of PNG, JPEG or WebP files, one folder for each class.',
    place: { file: name },
  });

const noClasses = (name: string, first: string): InputError =>
  new InputError('no-classes', `The pictures of ${name}, the first being ${first}, are in no folder that names their class.`, {
    advice: 'Put the pictures of each class into a folder of its name: cats/tom.jpg, dogs/rex.jpg.',
    place: { file: first },
  });
