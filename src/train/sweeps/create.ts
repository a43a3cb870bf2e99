/** Sweeps over a store, the devices of this thread and its trainer. */
import { Claims } from '../../base/claims.js';
import { timestamp } from '../../base/clock.js';
import { newIdentifier } from '../../base/identifier.js';
import type { SweepRecord, TrialRecord } from '../../spec/sweep-record.js';
import { SweepRequestNames } from '../../spec/sweep-request.js';
import { validate } from '../../spec/validate.js';
import { restoreRecord, updateRecord } from '../../storage/update.js';
import type { TrainingSignals } from '../trainer.js';
import { asItStands, sweepActive, trialsOf, unknownSweep } from './records.js';
import { runSweep, type SweepParts } from './sweep-run.js';
import type { SweepEvent, SweepOutcome, SweepRequest, Sweeps } from './sweeps.js';

export function createSweeps(parts: SweepParts): Sweeps {
  return new StoredSweeps(parts);
}

class StoredSweeps implements Sweeps {
  readonly #parts: SweepParts;
  readonly #claims = new Claims('benchwright sweep ', sweepActive);

  constructor(parts: SweepParts) {
    this.#parts = parts;
  }

  async *run(request: SweepRequest, signals?: TrainingSignals): AsyncGenerator<SweepEvent, SweepOutcome> {
    validate(SweepRequestNames, request, 'sweep-request');
    const id = request.resume ?? newIdentifier();
    const release = await this.#claims.claim(id);
    try {
      const earlier = request.resume === undefined ? undefined : await this.get(id);
      const outcome = earlier && (await this.#outcomeOf(earlier));
      if (outcome) return outcome;
      return yield* runSweep(this.#parts, id, request, signals, earlier && (await this.#parts.store.get('sweep', id)));
    } finally {
      release();
    }
  }

  async list(): Promise<SweepRecord[]> {
    const active = await this.#claims.active();
    const sweeps = await this.#parts.store.list('sweep');
    return sweeps
      .filter(({ deleted }) => deleted === undefined)
      .map((record) => asItStands(record, active))
      .reverse();
  }

  async get(id: string): Promise<SweepRecord> {
    const record = await this.#parts.store.get('sweep', id);
    if (!record || record.deleted !== undefined) throw unknownSweep(id);
    return asItStands(record, await this.#claims.active());
  }

  async trials(id: string): Promise<TrialRecord[]> {
    await this.get(id);
    return trialsOf(this.#parts.store, id);
  }

  /** @throws InputError `sweep-active` while it is at work */
  async remove(id: string): Promise<void> {
    await this.get(id);
    const release = await this.#claims.claim(id);
    try {
      await updateRecord(this.#parts.store, 'sweep', id, (record) => {
        if (!record) throw unknownSweep(id);
        return { ...asItStands(record, new Set()), deleted: timestamp() };
      });
    } finally {
      release();
    }
  }

  async restore(id: string): Promise<void> {
    await restoreRecord(this.#parts.store, 'sweep', id, unknownSweep);
  }

  async #outcomeOf(sweep: SweepRecord): Promise<SweepOutcome | undefined> {
    if ((sweep.status !== 'finished' && sweep.status !== 'stopped') || sweep.run === undefined) return undefined;
    const run = await this.#parts.store.get('run', sweep.run);
    return run && run.deleted === undefined ? { sweep, trials: await trialsOf(this.#parts.store, sweep.id), run } : undefined;
  }
}
