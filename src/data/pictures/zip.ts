/** The files of a zip, each read when it is asked for. What the archive says of itself is bounded, not believed. */
import { configure, type FileEntry, ZipReader } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { throwIfAborted } from '../../base/abort.js';
import { BenchwrightError, InputError } from '../../base/errors.js';
import type { ByteSource } from '../source.js';
import { bytesOf } from './bytes-of.js';
import { checkOverlaps, checkPath, type ListedEntry } from './check-entries.js';
import { LargeZipFile } from './large-zip-file.js';
import { isSmall, SmallZipFile } from './small-zip-file.js';
import { Budget, SliceReader } from './zip-bytes.js';
import type { Zip, ZipFile } from './zip-file.js';

configure({ useWebWorkers: false });

const mostEntries = 1_000_000;
/** Of files that are not small: what the library keeps of each is much. */
const mostLarge = 20_000;

/** @throws InputError `damaged-file`, `unsafe-path`, `zip-encrypted` or `zip-too-large` */
export async function filesOfZip(source: ByteSource, name: string, signal?: AbortSignal): Promise<ZipFile[]> {
  const whole = source.slice ? source : new Blob([(await bytesOf(source, name)) as Uint8Array<ArrayBuffer>]);
  const slices = new SliceReader(whole, name);
  const zip: Zip = {
    name,
    budget: new Budget((most) => refuse('zip-too-large', name, `it unpacks to more than ${most / 2 ** 30} GiB`, 'Divide it.')),
    blocks: slices.blocks,
  };
  const files: ZipFile[] = [];
  const listed: ListedEntry[] = [];
  let large = 0;
  try {
    for await (const entry of new ZipReader(slices, { filenameValidation: 'tolerant' }).getEntriesGenerator()) {
      throwIfAborted(signal);
      checkPath(entry.filename, name);
      if (entry.directory) continue;
      if (entry.encrypted) throw refuse('zip-encrypted', name, 'its files are locked with a password', 'Unpack it first.');
      // Where the list is not where it says it is, the library counts from there.
      if ((entry.offset ?? 0) < 0) throw new Error('A file lies before the beginning.');
      const file = fileOf(entry, zip);
      if (file instanceof LargeZipFile) large += 1;
      if (files.push(file) > mostEntries || large > mostLarge) {
        throw refuse('zip-too-large', name, `it has more than ${mostEntries} files, or ${mostLarge} large ones`, 'Divide it.');
      }
      listed.push({ path: file.path, offset: entry.offset ?? 0, compressedSize: entry.compressedSize });
    }
  } catch (cause) {
    if (cause instanceof BenchwrightError) throw cause;
    throw refuse('damaged-file', name, 'it is no zip, or a damaged one', 'Get the file anew.', cause);
  }
  checkOverlaps(listed, name);
  return files;
}

function fileOf(entry: FileEntry, zip: Zip): ZipFile {
  const path = entry.filename
    .split(/[/\\]+/)
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  return isSmall(entry) ? new SmallZipFile(path, entry, zip) : new LargeZipFile(path, entry, zip);
}

const refuse = (code: string, file: string, problem: string, advice: string, cause?: unknown): InputError =>
  new InputError(code, `${file} cannot be read: ${problem}.`, { advice, cause, place: { file } });
