/** The runs that are kept: list, look up, delete, restore. */
import type { Claims } from '../base/claims.js';
import { timestamp } from '../base/clock.js';
import { InputError } from '../base/errors.js';
import type { RunInsight } from '../spec/insight.js';
import { RunMarks, type RunRecord } from '../spec/run.js';
import { validate } from '../spec/validate.js';
import type { Store } from '../storage/store.js';
import { restoreRecord, updateRecord } from '../storage/update.js';
import { readInsight } from './insight/kept.js';

export class Runs {
  readonly #store: Store;
  readonly #claims: Claims;

  constructor(store: Store, claims: Claims) {
    this.#store = store;
    this.#claims = claims;
  }

  /** Those not deleted, newest first. */
  async list(): Promise<RunRecord[]> {
    const runs = await this.#store.list('run');
    const active = await this.#claims.active();
    return runs
      .filter(({ deleted }) => deleted === undefined)
      .map((run) => asItStands(run, active))
      .reverse();
  }

  /** @throws InputError `unknown-run` */
  async get(id: string): Promise<RunRecord> {
    const run = await this.#store.get('run', id);
    if (!run || run.deleted !== undefined) throw unknownRun(id);
    return asItStands(run, await this.#claims.active());
  }

  async insight(id: string): Promise<RunInsight | undefined> {
    const { insight } = await this.get(id);
    return insight && (await readInsight(this.#store, insight));
  }

  /** @throws InputError `run-active` while it is being trained */
  async remove(id: string): Promise<void> {
    await this.get(id);
    const release = await this.#claims.claim(id);
    try {
      await updateRecord(this.#store, 'run', id, (run) => {
        if (!run) throw unknownRun(id);
        return { ...asItStands(run, new Set()), deleted: timestamp() };
      });
    } finally {
      release();
    }
  }

  /** @throws InputError `invalid-run-marks`, or `run-active` while it is being trained: its record is then its writer's */
  async annotate(id: string, marks: RunMarks): Promise<RunRecord> {
    const { tags, notes } = validate(RunMarks, marks, 'run-marks');
    await this.get(id);
    const release = await this.#claims.claim(id);
    try {
      return await updateRecord(this.#store, 'run', id, (run) => {
        if (!run) throw unknownRun(id);
        const unique = tags && [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
        return { ...run, ...(unique ? { tags: unique } : {}), ...(notes === undefined ? {} : { notes }) };
      });
    } finally {
      release();
    }
  }

  async restore(id: string): Promise<void> {
    await restoreRecord(this.#store, 'run', id, unknownRun);
  }
}

/** A run that nobody is working on any more was cut off. */
const asItStands = (run: RunRecord, active: ReadonlySet<string>): RunRecord =>
  run.status === 'running' && !active.has(run.id) ? { ...run, status: 'interrupted' } : run;

const unknownRun = (id: string): InputError =>
  new InputError('unknown-run', `There is no run "${id}".`, { advice: 'Choose one from the list of runs.', place: { run: id } });
