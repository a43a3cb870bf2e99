/** One import: a source as stored chunks, then a record that names them, in one commit. */
import { timestamp } from '../base/clock.js';
import { newIdentifier } from '../base/identifier.js';
import type { DatasetRecord } from '../spec/dataset.js';
import type { DateForm } from '../spec/date-form.js';
import { requireRoom } from '../storage/room.js';
import type { Change, Store } from '../storage/store.js';
import { findBuiltin } from './builtins.js';
import { ChunkWriter } from './chunk-writer.js';
import { type Content, contentOf } from './dataset-record.js';
import type { ImportOptions, ImportProgress } from './datasets.js';
import { ImportJournal, identityOf } from './import-journal.js';
import { nameOf, originOf } from './origin.js';
import type { LoadDecoder } from './pictures/decoder.js';
import { withProgress } from './progress.js';
import type { ReadEvent, ReadResult } from './read.js';
import { readAny } from './read-any.js';
import { bytesNeeded } from './room.js';
import type { ReadBuiltin, Source } from './source.js';

export interface ImportParts {
  store: Store;
  readBuiltin: ReadBuiltin;
  loadDecoder: LoadDecoder;
}

/** What becomes of the rows: a dataset of their own, or a version of one. */
export interface Destination {
  /** The dataset that gets a new version. */
  into?: DatasetRecord;
  /** Rows that are kept already and come before those that are read; what is read is then brought to their columns. */
  after?: {
    chunks: DatasetRecord['chunks'];
    /** How their columns write dates. */
    dates: Readonly<Record<string, DateForm>>;
    joined: (reading: AsyncGenerator<ReadEvent, ReadResult>) => AsyncGenerator<ReadEvent, ReadResult>;
  };
  /** Makes the one commit that keeps them, which also does what it is given. */
  keep(content: Content, also: Pick<Change, 'remove' | 'expect'>): Promise<DatasetRecord>;
}

/** A dataset of its own. */
export async function* importSource(
  parts: ImportParts,
  source: Source,
  options: ImportOptions,
  signal?: AbortSignal,
): AsyncGenerator<ImportProgress, DatasetRecord> {
  const builtin = source.kind === 'builtin' ? await findBuiltin(source.name, parts.readBuiltin) : undefined;
  const name = options.name ?? builtin?.title ?? nameOf(source);
  const keep: Destination['keep'] = async (content, also) => {
    const record: DatasetRecord = { kind: 'dataset', id: newIdentifier(), name, created: timestamp(), ...content };
    await parts.store.commit({ ...also, put: [record] });
    return record;
  };
  return yield* importInto({ keep }, parts, source, { ...options, name }, signal);
}

/** Cancelling, or ending early, leaves nothing behind; where the page or process ends, the same source given again goes on. */
export async function* importInto(
  { into, after, keep }: Destination,
  { store, readBuiltin, loadDecoder }: ImportParts,
  source: Source,
  { name, types = {}, pictures, evenIfFull }: ImportOptions,
  signal?: AbortSignal,
): AsyncGenerator<ImportProgress, DatasetRecord> {
  const builtin = source.kind === 'builtin' ? await findBuiltin(source.name, readBuiltin) : undefined;
  // Rows that are brought to other columns could not be read on in the midst of their file.
  const identity = after ? undefined : await identityOf(source, signal);
  const journal = identity && (await ImportJournal.open({ store, identity, name: name ?? nameOf(source), types, into: into?.id }));
  let chunks: DatasetRecord['chunks'] = [...(after?.chunks ?? []), ...(journal?.record.chunks ?? [])];
  let rows: number | undefined = journal?.record.learnt.rows;
  let isRoomChecked = evenIfFull === true;
  const writer = new ChunkWriter(store);
  let committed = false;
  try {
    const whole = readAny(source, {
      readBuiltin,
      loadDecoder,
      signal,
      types,
      dates: after?.dates,
      pictures,
      store,
      ...(journal ? { journal } : {}),
    });
    const result = yield* withProgress(
      after ? after.joined(whole) : whole,
      async (event) => {
        if (event.kind === 'learnt') {
          // Learning anew means that what was kept before could not be used.
          chunks = [...(after?.chunks ?? [])];
          rows = event.learnt.rows;
          journal?.learnt(event.learnt);
          return;
        }
        if (!isRoomChecked) await requireRoom(store, bytesNeeded(event, rows));
        isRoomChecked = true;
        await writer.put(event.chunk, async (chunk) => {
          chunks.push(chunk);
          if (event.after) await journal?.add(chunk, event.after);
        });
      },
      signal,
    );
    await writer.settle(signal);
    const target = into?.suggestedTarget ?? builtin?.target;
    const content = await contentOf(result, chunks, { origin: originOf(source, builtin), target });
    const record = await keep(content, journal?.end ?? {});
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
