/**
 * The generations of a folder: each a small file that says which record is in which file, checked by its own hash. A commit
 * adds the next one; of several processes that try, the first to take the number wins and the others start again from what it
 * wrote. The newest whole one counts. The one before it is kept, in case the disk damages the newest.
 */
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { StorageError } from '../../../base/errors.js';
import { sha256 } from '../../../base/hash.js';
import { validate } from '../../../spec/validate.js';
import { recordKinds } from '../../../storage/records.js';
import type { RecordKind } from '../../../storage/store.js';
import { claimWhole, namesIn, readIfThere } from './durable.js';

/** Of the layout of the folder. A change needs a migration, and a test that opens a folder of each older version. */
const version = 1;

const Entry = z.object({
  kind: z.enum(recordKinds as [RecordKind, ...RecordKind[]]),
  id: z.string(),
  /** The record's file: a name that is never used twice. */
  file: z.string().check(z.regex(/^[0-9a-f]{16}\.json$/)),
  /** SHA-256 of the file. */
  hash: z.string(),
});
export type Entry = z.infer<typeof Entry>;

const Content = z.object({ version: z.literal(version), records: z.array(Entry) });
const Sealed = z.object({ hash: z.string(), content: z.unknown() });

export interface Generation {
  /** 0 before the first commit. */
  number: number;
  entries: Entry[];
}

export class Generations {
  readonly #folder: string;
  #newest: Generation = { number: 0, entries: [] };

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * The newest whole generation.
   * @throws StorageError `storage-damaged` when there are some and none is whole, `storage-newer` when a newer version wrote it
   */
  async newest(): Promise<Generation> {
    const numbers = await this.#numbers();
    if (numbers.length === 0) return this.#remember({ number: 0, entries: [] });
    for (const number of numbers) {
      if (number === this.#newest.number) return this.#newest;
      const entries = await this.read(number);
      if (entries) return this.#remember({ number, entries });
    }
    // Those seen may have been superseded, and removed, while they were being read.
    if ((await this.#numbers())[0] !== numbers[0]) return await this.newest();
    throw this.#damaged();
  }

  /**
   * Adds a generation after the newest. Answers false when another process was first, or went on while this was being written
   * (its number may then have been taken, superseded and freed again): the change is to be made once more, on what is there now.
   */
  async add(base: Generation, entries: Entry[]): Promise<boolean> {
    const [last = 0] = await this.#numbers();
    if (last > base.number && (await this.read(last))) return false;
    const content = { version, records: entries };
    const sealed = { hash: await sha256(JSON.stringify(content)), content };
    if (!(await claimWhole(this.#path(last + 1), `${JSON.stringify(sealed, null, 1)}\n`))) return false;
    if ((await this.#numbers())[0] !== last + 1) return false;
    this.#newest = { number: last + 1, entries };
    return true;
  }

  /** Removes generations that are older than `base`, the one before the newest. Answers entries that no generation has any more. */
  async prune(base: Generation): Promise<Entry[]> {
    const kept = new Set([...base.entries, ...this.#newest.entries].map(({ file }) => file));
    const released: Entry[] = [];
    for (const number of await this.#numbers()) {
      if (number === base.number || number >= this.#newest.number) continue;
      const entries = await this.read(number);
      // What is damaged is set aside, never deleted: someone may want to look.
      if (entries) await rm(this.#path(number), { force: true });
      else await rename(this.#path(number), `${this.#path(number)}.damaged`).catch(() => undefined);
      released.push(...(entries ?? []).filter(({ file }) => !kept.has(file)));
    }
    return released;
  }

  /** Every record file that some generation names. */
  async files(): Promise<Set<string>> {
    const generations = await Promise.all((await this.#numbers()).map((number) => this.read(number)));
    return new Set(generations.flatMap((entries) => entries ?? []).map(({ file }) => file));
  }

  /** The entries of a generation, or undefined when its file is gone or not whole. */
  async read(number: number): Promise<Entry[] | undefined> {
    const text = (await readIfThere(this.#path(number)))?.toString('utf8');
    if (text === undefined) return undefined;
    let content: unknown;
    try {
      const sealed = validate(Sealed, JSON.parse(text), 'generation');
      if ((await sha256(JSON.stringify(sealed.content))) !== sealed.hash) return undefined;
      content = sealed.content;
    } catch {
      return undefined;
    }
    const written = (content as { version?: unknown } | null)?.version;
    if (typeof written === 'number' && written > version) throw this.#newer(written);
    return validate(Content, content, 'generation').records;
  }

  #remember(generation: Generation): Generation {
    this.#newest = generation;
    return generation;
  }

  /** Newest first. */
  async #numbers(): Promise<number[]> {
    const names = (await namesIn(this.#folder)).filter((name) => /^\d{1,15}\.json$/.test(name));
    return names.map((name) => Number.parseInt(name, 10)).sort((one, other) => other - one);
  }

  #path(number: number): string {
    return join(this.#folder, `${number}.json`);
  }

  #damaged(): StorageError {
    return new StorageError('storage-damaged', `No file in "${this.#folder}" is whole, so it is not known what is kept.`, {
      advice: 'Put the folder back from a copy.',
      place: { file: this.#folder },
    });
  }

  #newer(written: number): StorageError {
    return new StorageError('storage-newer', `"${this.#folder}" was written by a newer version (layout ${written}).`, {
      advice: 'Use the newer version of Benchwright; nothing is lost.',
      place: { file: this.#folder },
    });
  }
}
