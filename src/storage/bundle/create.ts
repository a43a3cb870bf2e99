/** Projects over a store: one chunk in memory at a time, whichever way it goes. */
import { throwIfAborted } from '../../base/abort.js';
import { milliseconds, timestamp } from '../../base/clock.js';
import { sha256 } from '../../base/hash.js';
import { version } from '../../base/version.js';
import type { ChunkRef } from '../../spec/chunk.js';
import { writeRecord } from '../record-text.js';
import { requireRoom } from '../room.js';
import type { Store } from '../store.js';
import { chosenRecords, chunksOf, everyRecord, itemsOf, type ProjectRecord } from './contents.js';
import type {
  Project,
  ProjectArrival,
  ProjectContent,
  ProjectFile,
  ProjectItem,
  ProjectKind,
  ProjectPiece,
  ProjectProgress,
} from './project.js';

export function createProject(store: Store): Project {
  return new StoredProject(store);
}

class StoredProject implements Project {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async items(): Promise<ProjectItem[]> {
    return itemsOf(await chosenRecords(this.#store));
  }

  async *export(only?: { kind: ProjectKind; id: string }[], signal?: AbortSignal): AsyncGenerator<ProjectPiece, ProjectContent> {
    const { versionOf, writeHeader } = await import('./format.js');
    const records = (await chosenRecords(this.#store, only)).map(atRest);
    const chunks = chunksOf(records);
    const format = versionOf(records);
    const manifest = new TextEncoder().encode(
      writeRecord({ format: 'benchwright-project', version: format, created: timestamp(), writtenBy: version, records, chunks }),
    );
    const header = writeHeader(format, manifest, await sha256(manifest));
    const size = chunks.reduce((sum, { bytes }) => sum + bytes, header.byteLength + manifest.byteLength);
    const progress = progressOf(size);
    yield { piece: header, ...progress(header.byteLength) };
    yield { piece: manifest, ...progress(manifest.byteLength) };
    for (const ref of chunks) {
      throwIfAborted(signal);
      const piece = await this.#store.getChunk(ref);
      yield { piece, ...progress(piece.byteLength) };
    }
    return { items: itemsOf(records), size };
  }

  async inspect(file: ProjectFile): Promise<ProjectArrival[]> {
    const [{ openBundle }, { planMerge }] = await Promise.all([import('./read.js'), import('./merge.js')]);
    return (await planMerge(this.#store, (await openBundle(file)).records)).arrivals;
  }

  async *import(file: ProjectFile, signal?: AbortSignal): AsyncGenerator<ProjectProgress, ProjectArrival[]> {
    const [{ openBundle, bytesAt }, { planMerge }, { projectDamaged }] = await Promise.all([
      import('./read.js'),
      import('./merge.js'),
      import('./format.js'),
    ]);
    const { records, chunks, start } = await openBundle(file);
    await requireRoom(this.#store, await bytesToAdd(this.#store, chunks));
    const progress = progressOf(file.size);
    yield progress(start);
    const put: ChunkRef[] = [];
    let committed = false;
    try {
      let at = start;
      for (const { hash, bytes } of chunks) {
        throwIfAborted(signal);
        const content = await bytesAt(file, at, at + bytes);
        if ((await sha256(content)) !== hash) throw projectDamaged(`the chunk at byte ${at} has changed since it was written`);
        // Also what is there already: a copy that was damaged is mended by this one.
        put.push(await this.#store.putChunk(content));
        at += bytes;
        yield progress(bytes);
      }
      throwIfAborted(signal);
      const merge = await planMerge(this.#store, records);
      await this.#store.commit({ put: merge.put, expect: merge.expect });
      committed = true;
      // Chunks that were there before are named by others: this store has no claim on them any more.
      await this.#store.abandon(put).catch(() => undefined);
      return merge.arrivals;
    } finally {
      if (!committed) await this.#store.abandon(put);
    }
  }
}

/** Of the chunks that are not kept yet. */
async function bytesToAdd(store: Store, chunks: readonly ChunkRef[]): Promise<number> {
  const kept = new Set(chunksOf(await everyRecord(store)).map(({ hash }) => hash));
  return chunks.reduce((sum, { hash, bytes }) => (kept.has(hash) ? sum : sum + bytes), 0);
}

/** What is being trained is, in the copy, cut off. */
const atRest = (record: ProjectRecord): ProjectRecord =>
  (record.kind === 'run' || record.kind === 'sweep') && record.status === 'running' ? { ...record, status: 'interrupted' } : record;

function progressOf(size: number): (more: number) => ProjectProgress {
  const started = milliseconds();
  let bytes = 0;
  return (more) => {
    bytes += more;
    const seconds = (milliseconds() - started) / 1000;
    return { bytes, size, secondsLeft: bytes > 0 ? (seconds * (size - bytes)) / bytes : undefined };
  };
}
