/**
 * What keeps things: small records and immutable chunks of bytes. Implementations: memory, IndexedDB + OPFS (here) and
 * files (`host/node`). Nothing is stored half: chunks first, then one `commit` that switches the records to them.
 */
import type { StorageError } from '../base/errors.js';
import type { ChunkRef } from '../spec/chunk.js';
import type { DatasetRecord } from '../spec/dataset.js';
import type { DeploymentRecord } from '../spec/deployment.js';
import type { ExperimentRecord } from '../spec/experiment.js';
import type { ImportRecord } from '../spec/import.js';
import type { LogRecord } from '../spec/prediction-log.js';
import type { RunRecord } from '../spec/run.js';
import type { SweepRecord, TrialRecord } from '../spec/sweep-record.js';
import type { TensorModelRecord } from '../spec/tensor-model.js';
import type { ModelRecord } from '../spec/trained.js';

/** Kinds are names in the store: renaming one needs a migration. */
export interface Records {
  dataset: DatasetRecord;
  run: RunRecord;
  model: ModelRecord;
  /** Models of other programs. */
  'tensor-model': TensorModelRecord;
  sweep: SweepRecord;
  /** Each of a sweep's trials by itself: they change often, and there may be many. */
  trial: TrialRecord;
  /** Its id is the name that it answers under. */
  deployment: DeploymentRecord;
  /** Its id is the name of the served model that it is of. */
  log: LogRecord;
  experiment: ExperimentRecord;
  /** Imports that go on, or were cut off. */
  import: ImportRecord;
  /** Small remembered facts, such as the device measured for a model's shape. */
  setting: { kind: 'setting'; id: string; value: unknown };
}
export type RecordKind = keyof Records;
export type AnyRecord = Records[RecordKind];

/** A record as a writer has read it: what it is about to write is made from this. Without `is`: there was none. */
export interface Expectation {
  kind: RecordKind;
  id: string;
  is?: AnyRecord;
}

export interface Change {
  put?: AnyRecord[];
  remove?: { kind: RecordKind; id: string }[];
  /** What must still be stored, looked at inside the transaction: a writer that has been overtaken writes nothing. */
  expect?: Expectation[];
}

export interface Usage {
  /** Bytes used by this origin or folder; undefined where the platform does not tell. */
  used?: number;
  quota?: number;
  /** True when the browser has promised not to evict. */
  persistent?: boolean;
}

export interface Store {
  readonly kind: 'memory' | 'indexeddb' | 'files';
  get<Kind extends RecordKind>(kind: Kind, id: string): Promise<Records[Kind] | undefined>;
  /** Every record of a kind that can be read, oldest first, deleted ones too. */
  list<Kind extends RecordKind>(kind: Kind): Promise<Records[Kind][]>;
  /**
   * Puts, then removes records in one transaction: all of it is durable when this settles, or none of it happened. A record
   * is plain data: numbers, text, booleans, null, lists and objects of these; any text is an id.
   * @throws InputError `invalid-record` naming the property that cannot be kept
   * @throws StorageError `storage-full` when there is no space, `stale-write` when a record is not as expected; what was there before
   * is untouched.
   */
  commit(change: Change): Promise<void>;
  /**
   * Keeps bytes under the name of their content. Kept twice is kept once. Until a commit names the chunk it is this store's
   * to name: `collect` leaves it alone, until it is abandoned or the store is closed (or its page, worker or process ends).
   * @throws StorageError `storage-full`
   */
  putChunk(bytes: Uint8Array): Promise<ChunkRef>;
  /** Gives up chunks that were put and will not be named, after a failed or cancelled import: frees those that nobody names. */
  abandon(refs: ChunkRef[]): Promise<void>;
  /**
   * Reads a chunk and checks it against its name.
   * @throws StorageError `chunk-missing` or `chunk-damaged`
   */
  getChunk(ref: ChunkRef): Promise<Uint8Array>;
  /** Removes chunks that no record names and that no writer is about to name. Answers the bytes freed. */
  collect(): Promise<number>;
  usage(): Promise<Usage>;
  /** What is said of records that cannot be read, where one by itself can be damaged; `place` names kind and id. Nothing that they name is collected. */
  unreadable?(): Promise<StorageError[]>;
  /** Whether so many more bytes would be given, where that can be tried; `usage` may be about something else, for privacy. */
  fits?(bytes: number): Promise<boolean | undefined>;
  /** Calls the listener after every commit, also of other tabs. Answers the function that stops it. */
  watch(listener: (kinds: RecordKind[]) => void): () => void;
  close(): Promise<void>;
}
