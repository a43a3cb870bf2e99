/** A store that lasts as long as the object: for tests, for the command line, and where a browser lets nothing be kept. */
import { Emitter } from '../base/events.js';
import { sha256 } from '../base/hash.js';
import type { ChunkRef } from '../spec/chunk.js';
import { checkRef, damagedChunk, missingChunk } from './chunks.js';
import { checkExpected } from './expected.js';
import { storageClosed } from './failures.js';
import { Pending } from './pending.js';
import { checkChange, checkKey, namedChunks, oldestFirst, recordKinds } from './records.js';
import type { AnyRecord, Change, RecordKind, Records, Store, Usage } from './store.js';

export function createMemoryStore(): Store {
  return new MemoryStore();
}

class MemoryStore implements Store {
  readonly kind = 'memory';
  readonly #records = new Map<RecordKind, Map<string, AnyRecord>>(recordKinds.map((kind) => [kind, new Map()]));
  readonly #chunks = new Map<string, Uint8Array>();
  readonly #pending = new Pending();
  readonly #emitter = new Emitter<{ commit: RecordKind[] }>();
  #closed = false;

  async get<Kind extends RecordKind>(kind: Kind, id: string): Promise<Records[Kind] | undefined> {
    return structuredClone(this.#table(kind).get(id));
  }

  async list<Kind extends RecordKind>(kind: Kind): Promise<Records[Kind][]> {
    return oldestFirst<Kind>(structuredClone([...this.#table(kind).values()]));
  }

  async commit(change: Change): Promise<void> {
    this.#checkOpen();
    const { put, remove, expect, kinds } = checkChange(change);
    for (const expectation of expect) checkExpected(expectation, this.#table(expectation.kind).get(expectation.id));
    for (const record of put) {
      this.#table(record.kind).set(record.id, record);
      for (const hash of namedChunks(record)) this.#pending.named(hash);
    }
    for (const { kind, id } of remove) this.#table(kind).delete(id);
    // After the caller's turn: a listener that throws must not make the commit look as if it had failed.
    queueMicrotask(() => this.#emitter.emit('commit', kinds));
  }

  async putChunk(bytes: Uint8Array): Promise<ChunkRef> {
    this.#checkOpen();
    // Not slice(), which Node's Buffer has as a view.
    const kept = new Uint8Array(bytes);
    const hash = await sha256(kept);
    this.#pending.add(hash);
    if (!this.#chunks.has(hash)) this.#chunks.set(hash, kept);
    return { hash, bytes: kept.byteLength };
  }

  async abandon(refs: ChunkRef[]): Promise<void> {
    this.#checkOpen();
    const named = this.#named();
    for (const { hash } of refs.map(checkRef)) {
      if (this.#pending.drop(hash) && !named.has(hash)) this.#chunks.delete(hash);
    }
  }

  async getChunk(ref: ChunkRef): Promise<Uint8Array> {
    this.#checkOpen();
    const { hash, bytes } = checkRef(ref);
    const kept = this.#chunks.get(hash);
    if (!kept) throw missingChunk(ref);
    if (kept.byteLength !== bytes) throw damagedChunk(ref, `${kept.byteLength} bytes are there, ${bytes} were expected`);
    return kept.slice();
  }

  async collect(): Promise<number> {
    this.#checkOpen();
    const named = this.#named();
    let freed = 0;
    for (const [hash, { byteLength }] of this.#chunks) {
      if (named.has(hash) || this.#pending.has(hash)) continue;
      this.#chunks.delete(hash);
      freed += byteLength;
    }
    return freed;
  }

  async usage(): Promise<Usage> {
    this.#checkOpen();
    return { used: [...this.#chunks.values()].reduce((sum, { byteLength }) => sum + byteLength, 0), persistent: false };
  }

  watch(listener: (kinds: RecordKind[]) => void): () => void {
    return this.#emitter.listen('commit', listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#records.clear();
    this.#chunks.clear();
  }

  #table<Kind extends RecordKind>(kind: Kind): Map<string, Records[Kind]> {
    this.#checkOpen();
    checkKey(kind, '');
    return this.#records.get(kind) as Map<string, Records[Kind]>;
  }

  #named(): Set<string> {
    return new Set([...this.#records.values()].flatMap((table) => [...table.values()].flatMap(namedChunks)));
  }

  #checkOpen(): void {
    if (this.#closed) throw storageClosed();
  }
}
