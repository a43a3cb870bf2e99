/** A run's record while it is at work: always what the store has, brought to an end whichever way the work ends. */
import { AbortError } from '../base/errors.js';
import type { Engine } from '../compute/engine.js';
import { type Incident, mostIncidents } from '../spec/incident.js';
import type { RunRecord } from '../spec/run.js';
import type { Expectation, Store } from '../storage/store.js';
import { brokenOff } from './broken-off.js';
import { keepCheckpoint, stillAs } from './checkpoint.js';
import { UnkeptCheckpoints } from './not-kept.js';
import type { Resumption } from './state.js';

export class RunLog {
  /** As it is in the store, and as it will be once it is written again. */
  #stored: RunRecord;
  #run: RunRecord;
  readonly #store: Store;
  readonly #unkept = new UnkeptCheckpoints();

  private constructor(store: Store, run: RunRecord) {
    this.#store = store;
    this.#stored = run;
    this.#run = run;
  }

  static async open(store: Store, run: RunRecord): Promise<RunLog> {
    await store.commit({ put: [run], expect: [{ kind: 'run', id: run.id, is: await store.get('run', run.id) }] });
    return new RunLog(store, run);
  }

  /** What the writer of the run's end must still find. */
  get expected(): Expectation[] {
    return [stillAs(this.#stored)];
  }

  get run(): RunRecord {
    return this.#run;
  }

  /** Writes an incident down, with the device that the run goes on with: kept with the next checkpoint, or with the run's end. */
  note(incident: Incident, { device, description }: Engine): void {
    const choice = this.#run.device;
    this.#run = withIncident(this.#run, incident);
    if (device !== choice.device) this.#run.device = { ...choice, device, description, reason: incident.remedy, remembered: false };
  }

  /** Answers what kept it from being kept, once: the training goes on, and the checkpoint before stays. @throws StorageError `stale-write` */
  readonly keep = (standing: Resumption): Promise<Incident | undefined> =>
    this.#unkept.telling(
      async () => {
        this.#run = this.#stored = await keepCheckpoint(this.#store, this.#run, standing, this.expected);
        // The checkpoint before is named by nobody any more; an hour of them would fill the disk.
        await this.#store.collect();
      },
      standing.state,
      () => this.#stored.checkpoint,
    );

  /** Does the work; when it throws or is left unfinished, the record says so and names the checkpoint to go on from. */
  async *during<Event>(work: AsyncGenerator<Event, RunRecord>): AsyncGenerator<Event, RunRecord> {
    let error: unknown = new AbortError();
    let finished = false;
    try {
      const run = yield* work;
      finished = true;
      return run;
    } catch (thrown) {
      error = thrown instanceof AbortError ? this.#interrupted(thrown) : thrown;
      throw error;
    } finally {
      if (!finished) await this.#breakOff(error);
    }
  }

  async #breakOff(error: unknown): Promise<void> {
    const expect = this.expected;
    this.#run = { ...this.#run, ...brokenOff(error) };
    try {
      await this.#store.commit({ put: [this.#run], expect });
    } catch {
      // The error that ended the work is the one to hear of; a run that still says `running` is taken for interrupted.
    }
  }

  #interrupted(error: AbortError): AbortError {
    const { id, checkpoint } = this.#run;
    const where = checkpoint
      ? `Its checkpoint of epoch ${checkpoint.epoch}, step ${checkpoint.steps} is kept.`
      : 'It had no checkpoint yet.';
    return new AbortError(`The training was interrupted. ${where}`, {
      advice: `Resume run ${id} to go on${checkpoint ? ' exactly there' : ''}.`,
      place: { run: id, ...(checkpoint ? { epoch: checkpoint.epoch, step: checkpoint.steps } : {}) },
      cause: error,
    });
  }
}

export const withIncident = <Kept extends { incidents?: Incident[] | undefined }>(record: Kept, incident: Incident): Kept => ({
  ...record,
  incidents: [...(record.incidents ?? []), incident].slice(-mostIncidents),
});
