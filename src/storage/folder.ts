/**
 * Chunks in the origin private file system: one immutable file each, named by its hash. A file gets its name only when all of
 * its bytes are there, so nothing is ever overwritten in place.
 */
import { newIdentifier } from '../base/identifier.js';
import { hasName } from './failures.js';
import { chunkFolder } from './names.js';

/** What a page's types do not tell: renaming, and what workers alone have, bytes written through to the disk. */
type ChunkHandle = Omit<FileSystemFileHandle, 'createSyncAccessHandle'> & {
  move(name: string): Promise<void>;
  createSyncAccessHandle(): Promise<{
    write(bytes: Uint8Array, options: { at: number }): number;
    truncate(length: number): void;
    flush(): void;
    close(): void;
  }>;
};

export class ChunkFolder {
  readonly #folder: FileSystemDirectoryHandle;

  private constructor(folder: FileSystemDirectoryHandle) {
    this.#folder = folder;
  }

  /** Undefined where the browser has no such file system, or one that this page or worker cannot write. */
  static async open(name: string): Promise<ChunkFolder | undefined> {
    if (!canFlush() && !('createWritable' in (globalThis.FileSystemFileHandle?.prototype ?? {}))) return undefined;
    try {
      const root = await navigator.storage.getDirectory();
      const all = await root.getDirectoryHandle(chunkFolder, { create: true });
      return new ChunkFolder(await all.getDirectoryHandle(name, { create: true }));
    } catch (thrown) {
      if (hasName(thrown, 'SecurityError', 'NotAllowedError', 'UnknownError', 'InvalidStateError')) return undefined;
      throw thrown;
    }
  }

  async read(hash: string): Promise<File | undefined> {
    try {
      return await (await this.#folder.getFileHandle(hash)).getFile();
    } catch (thrown) {
      if (hasName(thrown, 'NotFoundError')) return undefined;
      throw thrown;
    }
  }

  async write(hash: string, bytes: Uint8Array): Promise<void> {
    const temporary = `${hash}.${newIdentifier()}.tmp`;
    const handle: unknown = await this.#folder.getFileHandle(temporary, { create: true });
    try {
      await (canFlush() ? writeThrough : write)(handle as ChunkHandle, bytes);
      await rename(handle as ChunkHandle, hash);
    } catch (thrown) {
      await this.#folder.removeEntry(temporary).catch(() => undefined);
      throw thrown;
    }
  }

  /**
   * Whether so many more bytes would be given. A browser may say less than it gives, or more, for the sake of privacy: so a file is made that long,
   * without content, and removed.
   */
  async fits(bytes: number): Promise<boolean> {
    const name = `${'0'.repeat(64)}.${newIdentifier()}.tmp`;
    const handle: unknown = await this.#folder.getFileHandle(name, { create: true });
    try {
      await (canFlush() ? lengthenThrough : lengthen)(handle as ChunkHandle, bytes);
      return true;
    } catch (thrown) {
      if (hasName(thrown, 'QuotaExceededError')) return false;
      throw thrown;
    } finally {
      await this.#folder.removeEntry(name).catch(() => undefined);
    }
  }

  /** Names of all files: hashes, and hashes with an ending where a write was cut short. */
  async names(): Promise<string[]> {
    const names: string[] = [];
    for await (const name of this.#folder.keys()) names.push(name);
    return names;
  }

  /** Answers the bytes freed. */
  async remove(name: string): Promise<number> {
    const file = await this.read(name);
    if (!file) return 0;
    const { size } = file;
    await this.#folder.removeEntry(name);
    return size;
  }
}

/** While another writer gives its file the same name, the browser refuses: that is over in moments, whatever becomes of the other's tab. */
async function rename(handle: ChunkHandle, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await handle.move(name);
    } catch (thrown) {
      if (attempt === mostAttempts || !hasName(thrown, 'NoModificationAllowedError')) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, betweenAttempts));
    }
  }
}

const mostAttempts = 40;
/** Milliseconds. */
const betweenAttempts = 25;

const canFlush = (): boolean => 'createSyncAccessHandle' in (globalThis.FileSystemFileHandle?.prototype ?? {});

async function write(handle: ChunkHandle, bytes: Uint8Array): Promise<void> {
  const writable = await handle.createWritable();
  try {
    // Takes the space first: where there is none, Chromium says so here, but a write may end in "AbortError: data pipe".
    await writable.truncate(bytes.byteLength);
    await writable.write(bytes as Uint8Array<ArrayBuffer>);
    await writable.close();
  } catch (thrown) {
    await writable.abort().catch(() => undefined);
    throw thrown;
  }
}

async function lengthen(handle: ChunkHandle, bytes: number): Promise<void> {
  const writable = await handle.createWritable();
  try {
    await writable.truncate(bytes);
  } finally {
    await writable.abort().catch(() => undefined);
  }
}

async function lengthenThrough(handle: ChunkHandle, bytes: number): Promise<void> {
  const access = await handle.createSyncAccessHandle();
  try {
    access.truncate(bytes);
  } finally {
    access.close();
  }
}

async function writeThrough(handle: ChunkHandle, bytes: Uint8Array): Promise<void> {
  const access = await handle.createSyncAccessHandle();
  try {
    const written = access.write(bytes, { at: 0 });
    if (written !== bytes.byteLength) throw new DOMException(`Only ${written} bytes were written.`, 'QuotaExceededError');
    access.flush();
  } finally {
    access.close();
  }
}
