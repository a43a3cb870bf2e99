/** One import: a source as stored chunks, then a record that names them, in one commit. */
import type { DatasetRecord } from '../spec/dataset.js';
import type { Store } from '../storage/store.js';
import { findBuiltin } from './builtins.js';
import { ChunkWriter } from './chunk-writer.js';
import { datasetRecord } from './dataset-record.js';
import type { ImportOptions, ImportProgress } from './datasets.js';
import { ImportJournal, identityOf } from './import-journal.js';
import { nameOf, originOf } from './origin.js';
import type { LoadDecoder } from './pictures/decoder.js';
import { withProgress } from './progress.js';
import { readAny } from './read-any.js';
import type { ReadBuiltin, Source } from './source.js';

export interface ImportParts {
  store: Store;
  readBuiltin: ReadBuiltin;
  loadDecoder: LoadDecoder;
}

/** Cancelling, or ending early, leaves nothing behind; where the page or process ends, the same source given again goes on. */
export async function* importSource(
  { store, readBuiltin, loadDecoder }: ImportParts,
  source: Source,
  { name, types = {}, pictures }: ImportOptions,
  signal?: AbortSignal,
): AsyncGenerator<ImportProgress, DatasetRecord> {
  const builtin = source.kind === 'builtin' ? await findBuiltin(source.name, readBuiltin) : undefined;
  const called = name ?? builtin?.title ?? nameOf(source);
  const identity = await identityOf(source, signal);
  const journal = identity && (await ImportJournal.open({ store, identity, name: called, types }));
  let chunks: DatasetRecord['chunks'] = [...(journal?.record.chunks ?? [])];
  const writer = new ChunkWriter(store);
  let committed = false;
  try {
    const reading = readAny(source, { readBuiltin, loadDecoder, signal, types, pictures, store, ...(journal ? { journal } : {}) });
    const result = yield* withProgress(reading, async (event) => {
      if (event.kind === 'learnt') {
        // Learning anew means that what was kept before could not be used.
        chunks = [];
        journal?.learnt(event.learnt);
        return;
      }
      await writer.put(event.chunk, async (chunk) => {
        chunks.push(chunk);
        if (event.after) await journal?.add(chunk, event.after);
      });
    });
    await writer.settle();
    const record = await datasetRecord(result, chunks, { name: called, origin: originOf(source, builtin), target: builtin?.target });
    await store.commit({ put: [record], ...(journal ? { remove: [journal.key] } : {}) });
    committed = true;
    return record;
  } finally {
    // Cancelled, ended early or failed: the chunks put so far belong to nothing.
    if (!committed) {
      await writer.abandon();
      await journal?.reset();
    }
    journal?.close();
  }
}
