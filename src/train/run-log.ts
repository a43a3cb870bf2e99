/** A run's record while it is at work: always what the store has, brought to an end whichever way the work ends. */
import { AbortError } from '../base/errors.js';
import type { Network } from '../compute/engine.js';
import type { RunRecord } from '../spec/run.js';
import type { Expectation, Store } from '../storage/store.js';
import { brokenOff } from './broken-off.js';
import { keepCheckpoint, stillAs } from './checkpoint.js';
import type { TrainingState } from './state.js';

export class RunLog {
  #run: RunRecord;
  readonly #store: Store;

  private constructor(store: Store, run: RunRecord) {
    this.#store = store;
    this.#run = run;
  }

  static async open(store: Store, run: RunRecord): Promise<RunLog> {
    await store.commit({ put: [run], expect: [{ kind: 'run', id: run.id, is: await store.get('run', run.id) }] });
    return new RunLog(store, run);
  }

  /** What the writer of the run's end must still find. */
  get expected(): Expectation[] {
    return [stillAs(this.#run)];
  }

  get run(): RunRecord {
    return this.#run;
  }

  readonly keep = async (state: TrainingState, network: Network): Promise<void> => {
    this.#run = await keepCheckpoint(this.#store, this.#run, network, state);
    // The checkpoint before is named by nobody any more; an hour of them would fill the disk.
    await this.#store.collect();
  };

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
