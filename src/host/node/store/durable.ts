/** Files that are whole or absent, also after a crash or a power cut: write elsewhere, flush, then give the name. */
import { link, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BenchwrightError, InputError, StorageError } from '../../../base/errors.js';
import { newIdentifier } from '../../../base/identifier.js';
import { storageFull } from '../../../storage/failures.js';

const fullCodes = ['ENOSPC', 'EDQUOT', 'EFBIG'];
/** A folder cannot be opened or flushed on every system; where it cannot, its entries are durable when they are made. */
const folderCannotFlush = ['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'EBADF'];

export const hasCode = (thrown: unknown, ...codes: string[]): boolean =>
  thrown instanceof Error && codes.includes((thrown as { code?: string }).code ?? '');

/** @param grace milliseconds. The time of a file has parts of a millisecond, which the clock's lacks: without rounding it may seem to be yet to come. */
export const isYoungerThan = (grace: number, { mtimeMs }: { mtimeMs: number }): boolean => Date.now() - Math.floor(mtimeMs) < grace;

/** Writes a file under a name that nobody uses, through to the disk. Answers the name. */
async function writeTemporary(path: string, content: Uint8Array | string): Promise<string> {
  const temporary = `${path}.${newIdentifier()}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw thrown;
  }
  return temporary;
}

/** Writes a file, in place of the one that has the name, if there is one. Durable once its folder is flushed. */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  await rename(await writeTemporary(path, content), path);
}

/** Writes a file durably unless the name is taken. Answers whether it was free: of many writers, exactly one is told so. */
export async function claimWhole(path: string, content: string): Promise<boolean> {
  const temporary = await writeTemporary(path, content);
  try {
    await link(temporary, path);
    await flushFolder(dirname(path));
    return true;
  } catch (thrown) {
    if (hasCode(thrown, 'EEXIST')) return false;
    throw thrown;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Makes names given and taken in a folder durable. */
export async function flushFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (thrown) {
    if (!hasCode(thrown, ...folderCannotFlush)) throw thrown;
  }
}

/** Undefined where there is no such file. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  return await readFile(path).catch(undefinedIfMissing);
}

/** No names where there is no such folder. */
export async function namesIn(path: string): Promise<string[]> {
  return (await readdir(path).catch(undefinedIfMissing)) ?? [];
}

export function undefinedIfMissing(thrown: unknown): undefined {
  if (!hasCode(thrown, 'ENOENT')) throw thrown;
}

/** Turns what the file system threw while `doing` into an error of ours; ours pass through. */
export function fileFailure(thrown: unknown, doing: string, path: string): BenchwrightError {
  if (thrown instanceof BenchwrightError) return thrown;
  if (hasCode(thrown, ...fullCodes)) return storageFull(`${doing} in "${path}"`, thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (hasCode(thrown, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOTSUP', 'ELOOP', 'ENAMETOOLONG')) {
    return new InputError('folder-not-usable', `The folder "${path}" cannot be used for ${doing}: ${message}`, {
      advice: 'Choose a folder that you may write to, on a file system that has hard links.',
      cause: thrown,
      place: { file: path },
    });
  }
  return new StorageError('storage-failed', `The folder "${path}" failed at ${doing}: ${message}`, {
    advice: 'Look at the disk that holds it, then try again.',
    cause: thrown,
    place: { file: path },
  });
}
