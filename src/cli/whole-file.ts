/** A file that is there whole or not at all: what was there before stays until every byte is written. */
import { open, rename, rm, stat } from 'node:fs/promises';
import { InputError, StorageError } from '../base/errors.js';

/**
 * Writes the pieces and answers what their generator answers.
 * @throws InputError `unwritable-file`, StorageError `storage-full`; the file is then as it was
 */
export async function wholeFile<Answer>(path: string, pieces: AsyncGenerator<string | Uint8Array, Answer>): Promise<Answer> {
  // Before the work: `rename` would find it out after the last piece.
  if (await isFolder(path)) throw unwritable(path, 'it is a folder');
  const unfinished = `${path}.unfinished-${process.pid}`;
  const file = await open(unfinished, 'w').catch((cause: Error) => {
    throw unwritable(path, cause.message, cause);
  });
  try {
    for (let next = await pieces.next(); ; next = await pieces.next()) {
      if (next.done) {
        await file.sync();
        await file.close();
        await rename(unfinished, path);
        return next.value;
      }
      await file.writeFile(next.value);
    }
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(unfinished, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw new StorageError('storage-full', `There is no space left for "${path}".`, {
        advice: 'Make room, or write to another disk.',
        cause: error,
        place: { file: path },
      });
    }
    throw error;
  }
}

const isFolder = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined))?.isDirectory() ?? false;

const unwritable = (path: string, why: string, cause?: Error): InputError =>
  new InputError('unwritable-file', `"${path}" cannot be written: ${why}`, {
    advice: 'Give the path of a file in a folder that exists.',
    cause,
    place: { file: path },
  });
