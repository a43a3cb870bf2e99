/** Many picture files as one source of pictures, decoded one after the other. */
import { throwIfAborted } from '../../base/abort.js';
import { AbortError, InputError } from '../../base/errors.js';
import type { Warning } from '../../spec/dataset.js';
import type { PictureSize } from '../../spec/field.js';
import { compareTexts } from '../steps/category.js';
import { decodePicture } from './decode.js';
import type { LoadDecoder } from './decoder.js';
import { type PictureHeader, readHeader } from './header.js';
import type { PictureItem, PictureSource } from './item.js';
import { isLeftover, meaningOf, withoutCommonFolder } from './paths.js';
import { resizePicture } from './resize.js';

export interface PictureFile {
  path: string;
  /** Bytes, packed where they lie in an archive. */
  size: number;
  read(): Promise<Uint8Array>;
  /** The first bytes, where they can be had by themselves. */
  begin?(): Promise<Uint8Array>;
}

export interface OpenPicturesOptions {
  loadDecoder: LoadDecoder;
  /** Decided from the files when left out. */
  size?: PictureSize | undefined;
  /** Whether pictures without a class are an error. */
  needClasses: boolean;
  signal?: AbortSignal | undefined;
}

/** Pictures are brought to this height and width where they have several, or a larger one. */
const largestSide = 64;
/** Files that the size is decided by, spread over all. */
const mostExamined = 200;

/** @throws InputError `no-pictures` or `no-classes`; while iterating `not-a-picture` where none can be read; AbortError */
export async function openPictureFiles(name: string, all: readonly PictureFile[], options: OpenPicturesOptions): Promise<PictureSource> {
  const wanted = all.filter(({ path }) => !isLeftover(path)).sort((a, b) => compareTexts(a.path, b.path));
  const { paths } = withoutCommonFolder(wanted.map(({ path }) => path));
  const files = wanted.map((file, index) => ({ ...file, meaning: meaningOf(paths[index]), shown: paths[index] }));
  const size = options.size ?? (await decideSize(name, files, options.signal));
  const labelled = files.filter(({ meaning }) => meaning.label !== undefined);
  if (options.needClasses && labelled.length === 0) {
    throw new InputError('no-classes', `The pictures of ${name} are in no folder that names their class.`, {
      advice: 'Put the pictures of each class into a folder of its name: cats/tom.jpg, dogs/rex.jpg.',
      place: { file: files[0]?.path ?? name },
    });
  }
  const skipped = new Skipped(name);
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const has = { label: labelled.length > 0, part: files.some(({ meaning }) => meaning.part !== undefined), file: true };
  return { name, size, has, bytes, items: itemsOf(), warnings: () => skipped.warnings() };

  async function* itemsOf(): AsyncGenerator<PictureItem> {
    let read = 0;
    let count = 0;
    for (const file of files) {
      throwIfAborted(options.signal);
      read += file.size;
      try {
        const picture = await decodePicture(await file.read(), file.path, options.loadDecoder);
        count += 1;
        if (has.label && file.meaning.label === undefined) skipped.addUnlabelled(file.path);
        yield { pixels: resizePicture(picture, size), ...file.meaning, file: file.shown, bytes: read };
      } catch (error) {
        if (error instanceof AbortError || !(error instanceof InputError) || error.code === 'no-decoder') throw error;
        skipped.add(file.path, error.message);
      }
    }
    if (count === 0) throw noPictures(name, skipped.first);
  }
}

async function decideSize(name: string, files: readonly PictureFile[], signal?: AbortSignal): Promise<PictureSize> {
  const step = Math.max(1, Math.ceil(files.length / mostExamined));
  const headers: PictureHeader[] = [];
  for (let index = 0; index < files.length; index += step) {
    throwIfAborted(signal);
    const file = files[index];
    const begun = file.begin ? readHeader(await file.begin()) : undefined;
    // A file that cannot be read is told of when its turn comes.
    const header = begun ?? (await file.read().then(readHeader, () => undefined));
    if (header) headers.push(header);
  }
  if (headers.length === 0) throw noPictures(name);
  const [{ height, width }] = headers;
  const isOne = headers.every((header) => header.height === height && header.width === width);
  const isSmall = height <= largestSide && width <= largestSide;
  const own = isOne && isSmall ? { height, width } : { height: largestSide, width: largestSide };
  return { ...own, channels: headers.every(({ grey }) => grey) ? 1 : 3 };
}

/** What was left out, and why: the first of each kind by name. */
class Skipped {
  #count = 0;
  #unlabelled = 0;
  #firstUnlabelled = '';
  first: string | undefined;

  constructor(readonly name: string) {}

  add(_path: string, reason: string): void {
    this.#count += 1;
    this.first ??= reason;
  }

  addUnlabelled(path: string): void {
    if (this.#unlabelled++ === 0) this.#firstUnlabelled = path;
  }

  warnings(): Warning[] {
    const place = { file: this.name };
    const warnings: Warning[] = [];
    if (this.#count > 0) {
      warnings.push({
        code: 'files-skipped',
        message: `${this.#count} ${this.#count === 1 ? 'file was' : 'files were'} left out. The first: ${this.first}`,
        advice: 'Give PNG, JPEG or WebP files.',
        place,
      });
    }
    if (this.#unlabelled > 0) {
      warnings.push({
        code: 'pictures-without-class',
        message: `${this.#unlabelled} pictures are in no class's folder and train nothing, the first being ${this.#firstUnlabelled}.`,
        advice: 'Put them into the folder of their class.',
        place,
      });
    }
    return warnings;
  }
}

const noPictures = (name: string, reason?: string): InputError =>
  new InputError('no-pictures', `${name} holds no picture that can be read.${reason ? ` ${reason}` : ''}`, {
    advice: 'Give a folder or a zip of PNG, JPEG or WebP files, one folder for each class.',
    place: { file: name },
  });
