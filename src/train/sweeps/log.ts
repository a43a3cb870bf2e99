/** A sweep's records while it is at work: always what the store has, and refused to whoever was overtaken. */
import { milliseconds } from '../../base/clock.js';
import { StorageError } from '../../base/errors.js';
import type { Incident } from '../../spec/incident.js';
import type { ModelSpec } from '../../spec/model.js';
import type { SweepRecord, TrialRecord } from '../../spec/sweep-record.js';
import type { Store } from '../../storage/store.js';
import { brokenOff } from '../broken-off.js';
import { putCheckpoint, readCheckpoint } from '../checkpoint.js';
import { commitWithChunks, type PutFloats } from '../commit.js';
import { UnkeptCheckpoints } from '../not-kept.js';
import { withIncident } from '../run-log.js';
import type { Resumption } from '../state.js';

/** Milliseconds between two searches for chunks that nobody names any more. */
const collectEvery = 5000;

export class SweepLog {
  #record: SweepRecord;
  readonly #store: Store;
  readonly #trials: TrialRecord[];
  readonly #unkept = new UnkeptCheckpoints();
  #collected = milliseconds();

  private constructor(store: Store, record: SweepRecord, trials: TrialRecord[]) {
    this.#store = store;
    this.#record = record;
    this.#trials = trials;
  }

  /** @param earlier the record as it was read, where this goes on */
  static async open(store: Store, record: SweepRecord, trials: TrialRecord[], earlier?: SweepRecord): Promise<SweepLog> {
    const stored = await store.get('sweep', record.id);
    if (earlier && stored?.sessions !== earlier.sessions) throw overtaken(record.id);
    await store.commit({
      put: [record, ...(earlier ? [] : trials)],
      expect: [{ kind: 'sweep', id: record.id, is: stored }],
    });
    return new SweepLog(store, record, trials);
  }

  get record(): SweepRecord {
    return this.#record;
  }

  get trials(): readonly TrialRecord[] {
    return this.#trials;
  }

  trial(index: number): TrialRecord {
    return this.#trials[index];
  }

  async change(changes: Partial<SweepRecord>): Promise<void> {
    const next = { ...this.#record, ...changes };
    await this.#store.commit({ put: [next], expect: [this.#still()] });
    this.#record = next;
  }

  /** @param standing what a trial that may go on is gone on from; left out, its checkpoint is let go of */
  async keep(index: number, changes: Partial<TrialRecord>, standing?: Resumption): Promise<TrialRecord> {
    const { checkpoint: _, ...before } = this.#trials[index];
    const make = async (put: PutFloats): Promise<[TrialRecord]> => [
      { ...before, ...changes, ...(standing ? { checkpoint: await putCheckpoint(put, standing) } : {}) },
    ];
    const [trial] = await commitWithChunks(this.#store, make, [this.#still()]);
    this.#trials[index] = trial;
    await this.#collect();
    return trial;
  }

  /** Writes an incident of a trial down: kept with what is kept of it next. */
  note(index: number, incident: Incident): void {
    this.#trials[index] = withIncident(this.#trials[index], incident);
  }

  /** Keeps where a trial stands in the midst of a rung; answers what kept it from being kept, once. @throws StorageError `stale-write` */
  checkpoint(index: number, changes: Partial<TrialRecord>, standing: Resumption): Promise<Incident | undefined> {
    const keep = () => this.keep(index, changes, standing);
    return this.#unkept.telling(keep, standing.state, () => this.#trials[index].checkpoint);
  }

  /** Changes how trials stand. Those that are dropped let go of their checkpoints. */
  async mark(changes: readonly { index: number; status: TrialRecord['status'] }[]): Promise<TrialRecord[]> {
    const put = changes.map(({ index, status }): TrialRecord => {
      const { checkpoint, ...rest } = this.#trials[index];
      return status === 'dropped' || checkpoint === undefined ? { ...rest, status } : { ...rest, status, checkpoint };
    });
    if (put.length === 0) return [];
    await this.#store.commit({ put, expect: [this.#still()] });
    for (const [at, { index }] of changes.entries()) this.#trials[index] = put[at];
    await this.#collect();
    return put;
  }

  /** Undefined where there is nothing to go on from, or it is damaged: the same steps are then taken again. */
  async resumption(index: number, model: ModelSpec, seed: number): Promise<Resumption | undefined> {
    try {
      return await readCheckpoint(this.#store, { ...this.#trials[index], model, seed });
    } catch (thrown) {
      if (thrown instanceof StorageError && (thrown.code === 'chunk-missing' || thrown.code === 'chunk-damaged')) return undefined;
      throw thrown;
    }
  }

  /** Does the work; when it throws or is left unfinished, the record says so. */
  async *during<Event, Result>(work: AsyncGenerator<Event, Result>, aborted: () => unknown): AsyncGenerator<Event, Result> {
    let error: unknown;
    let finished = false;
    try {
      const result = yield* work;
      finished = true;
      return result;
    } catch (thrown) {
      error = thrown;
      throw thrown;
    } finally {
      if (!finished) {
        // The error that ended the work is the one to hear of; a sweep that still says `running` is taken for interrupted.
        await this.change(brokenOff(error ?? aborted())).catch(() => undefined);
      }
    }
  }

  #still() {
    return { kind: 'sweep' as const, id: this.#record.id, is: this.#record };
  }

  async #collect(): Promise<void> {
    if (milliseconds() - this.#collected < collectEvery) return;
    await this.#store.collect();
    this.#collected = milliseconds();
  }
}

const overtaken = (id: string): StorageError =>
  new StorageError('stale-write', `Sweep "${id}" was gone on with elsewhere.`, {
    advice: 'Look at it as it is now.',
    place: { sweep: id },
  });
