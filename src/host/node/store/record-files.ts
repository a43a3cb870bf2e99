/** Records as files, each written once under a name of its own; the newest generation says which of them count. */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '../../../base/errors.js';
import { sha256 } from '../../../base/hash.js';
import { newIdentifier } from '../../../base/identifier.js';
import { staleWrite } from '../../../storage/expected.js';
import { readRecord, writeRecord } from '../../../storage/record-text.js';
import { type CheckedChange, namedChunks } from '../../../storage/records.js';
import type { AnyRecord, RecordKind } from '../../../storage/store.js';
import { flushFolder, isYoungerThan, namesIn, readIfThere, undefinedIfMissing, writeWhole } from './durable.js';
import type { Entry, Generations } from './generations.js';

export class RecordFiles {
  readonly #folder: string;
  readonly #generations: Generations;
  readonly #grace: number;

  /** `grace` is in milliseconds: how long another process may take from a file to the generation that names it. */
  constructor(folder: string, generations: Generations, grace: number) {
    this.#folder = folder;
    this.#generations = generations;
    this.#grace = grace;
  }

  /** Records of the newest generation. @throws StorageError `record-damaged` */
  async read(wanted: (entry: Entry) => boolean): Promise<AnyRecord[]> {
    const { records, damaged } = await this.survey(wanted);
    if (damaged.length > 0) throw damaged[0];
    return records;
  }

  /** Records of the newest generation, and what is said of those that cannot be read; from its start again when another process supersedes it. */
  async survey(wanted: (entry: Entry) => boolean): Promise<{ records: AnyRecord[]; damaged: StorageError[] }> {
    for (;;) {
      const generation = await this.#generations.newest();
      const entries = generation.entries.filter(wanted);
      const texts = await Promise.all(entries.map(({ file }) => readIfThere(this.#path(file))));
      if (texts.includes(undefined) && (await this.#generations.newest()).number !== generation.number) continue;
      const [records, damaged]: [AnyRecord[], StorageError[]] = [[], []];
      for (const [index, entry] of entries.entries()) {
        const text = texts[index];
        if (text === undefined) damaged.push(this.#damaged(entry, 'is missing'));
        else if ((await sha256(String(text))) !== entry.hash) damaged.push(this.#damaged(entry, 'has changed since it was written'));
        else records.push(readRecord(String(text)) as AnyRecord);
      }
      return { records, damaged };
    }
  }

  /** Writes records, then makes them count. Done again, with new files, when another process was first. */
  async commit({ put, remove, expect }: CheckedChange): Promise<void> {
    for (;;) {
      const base = await this.#generations.newest();
      const entries = new Map(base.entries.map((entry) => [keyOf(entry), entry]));
      // Whoever adds a generation after this one goes on from `base`, so what holds for it holds inside the commit.
      for (const expectation of expect) {
        const { is } = expectation;
        const expected = is === undefined ? undefined : await sha256(writeRecord(is));
        if (entries.get(keyOf(expectation))?.hash !== expected) throw staleWrite(expectation);
      }
      for (const record of put) entries.set(keyOf(record), await this.#write(record));
      for (const removed of remove) entries.delete(keyOf(removed));
      await flushFolder(this.#folder);
      if (!(await this.#generations.add(base, [...entries.values()]))) continue;
      for (const { file } of await this.#generations.prune(base)) await rm(this.#path(file), { force: true });
      return;
    }
  }

  async namedChunks(): Promise<Set<string>> {
    return new Set((await this.read(() => true)).flatMap(namedChunks));
  }

  /** Frees what crashes and lost races have left beside the records that count. Answers the bytes freed. */
  async collect(): Promise<number> {
    const named = await this.#generations.files();
    let freed = 0;
    for (const name of await namesIn(this.#folder)) {
      if (named.has(name)) continue;
      const found = await stat(this.#path(name)).catch(undefinedIfMissing);
      if (!found || isYoungerThan(this.#grace, found)) continue;
      await rm(this.#path(name), { force: true });
      freed += found.size;
    }
    return freed;
  }

  async #write(record: AnyRecord): Promise<Entry> {
    const text = writeRecord(record);
    const file = `${newIdentifier()}.json`;
    await writeWhole(this.#path(file), text);
    return { kind: record.kind, id: record.id, file, hash: await sha256(text) };
  }

  #path(file: string): string {
    return join(this.#folder, file);
  }

  #damaged({ kind, id, file }: Entry, how: string): StorageError {
    return new StorageError('record-damaged', `The file of ${kind} "${id}" ${how}: "${this.#path(file)}".`, {
      advice: 'Put the file back from a copy, or remove the record; everything else is unaffected.',
      place: { file: this.#path(file), kind, id },
    });
  }
}

const keyOf = ({ kind, id }: { kind: RecordKind; id: string }): string => JSON.stringify([kind, id]);
