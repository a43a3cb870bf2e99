/** Whole states of a training, copied out of its network every few seconds: what it goes on from when the device or everything stops. */
import { milliseconds } from '../base/clock.js';
import { AbortError, DeviceError } from '../base/errors.js';
import type { Network } from '../compute/engine.js';
import type { Incident } from '../spec/incident.js';
import { copyOf, type Resumption, type TrainingState } from './state.js';

/** Milliseconds from one to the next: with the time that keeping takes, less than ten seconds of work are lost. */
const interval = 8000;
/** Milliseconds to the first: whoever reloads soon finds a run to go on with. */
const first = 1000;

/** Makes a state durable, or says why it could not and the training goes on all the same. */
export type Keep = (standing: Resumption) => Promise<Incident | undefined>;

export class Snapshots {
  #latest: Resumption;
  #due = milliseconds() + first;
  /** Steps of the one that was made durable last. */
  #kept: number;
  readonly #keep: Keep | undefined;

  constructor(start: Resumption, keep?: Keep) {
    this.#latest = start;
    this.#kept = start.state.steps;
    this.#keep = keep;
  }

  /** Its weights are finite. */
  get latest(): Resumption {
    return this.#latest;
  }

  /** @throws DeviceError when the network cannot be read any more */
  async takeIfDue(state: TrainingState, network: Network): Promise<Incident | undefined> {
    if (milliseconds() < this.#due) return undefined;
    this.#due = milliseconds() + interval;
    await this.#take(state, network);
    return this.#makeDurable();
  }

  /** Makes the last good state durable: where the caller stopped, that very moment; after an error, the latest from before it. */
  async breakOff(error: unknown, state: TrainingState, network: Network): Promise<void> {
    const isStopped = error instanceof AbortError;
    if (isStopped) await this.#take(state, network).catch(unlessDevice);
    if (isStopped || this.#latest.state.steps > this.#kept) await this.#makeDurable();
  }

  async #take(state: TrainingState, network: Network): Promise<void> {
    const standing = { state: copyOf(state), weights: await network.weights(), optimizer: await network.optimizerState() };
    // The step that leaves what a float can hold has a finite loss itself.
    if (standing.weights.every(Number.isFinite)) this.#latest = standing;
  }

  async #makeDurable(): Promise<Incident | undefined> {
    if (!this.#keep) return undefined;
    const incident = await this.#keep(this.#latest);
    if (!incident) this.#kept = this.#latest.state.steps;
    return incident;
  }
}

/** From a lost device nothing can be read: the snapshot before it stands. */
function unlessDevice(error: unknown): void {
  if (!(error instanceof DeviceError)) throw error;
}
