/** A checkpoint that finds no room is an incident, not the end of a training: the one before stays, and the next may find room. */
import { timestamp } from '../base/clock.js';
import { StorageError } from '../base/errors.js';
import type { Incident } from '../spec/incident.js';
import type { Checkpoint } from '../spec/run.js';
import type { TrainingState } from './state.js';

/** Errors of a store that is there, and may take the next checkpoint. */
const passing: ReadonlySet<string> = new Set(['storage-full', 'storage-failed']);

export class UnkeptCheckpoints {
  #isKnown = false;

  /** Answers what kept one from being kept; nothing where it was kept, or that has been said already. @throws StorageError of a store that is not there or was changed elsewhere */
  async telling(
    keep: () => Promise<unknown>,
    { epoch, steps }: TrainingState,
    last: () => Checkpoint | undefined,
  ): Promise<Incident | undefined> {
    try {
      await keep();
      this.#isKnown = false;
      return undefined;
    } catch (error) {
      if (!(error instanceof StorageError) || !passing.has(error.code)) throw error;
      const isKnown = this.#isKnown;
      this.#isKnown = true;
      return isKnown ? undefined : notKept(error, { epoch, steps }, last());
    }
  }
}

function notKept(
  { code, message }: StorageError,
  { epoch, steps }: Pick<TrainingState, 'epoch' | 'steps'>,
  last: Checkpoint | undefined,
): Incident {
  const kept = last ? `the checkpoint of step ${last.steps} stays` : 'there is none to go on from yet';
  const remedy = `The training goes on without a new checkpoint; ${kept}, and every few seconds it is tried again. Make room, or export what matters.`;
  return { time: timestamp(), epoch, step: steps, code, message, remedy };
}
