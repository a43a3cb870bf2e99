/** The device that a training works on. When it fails under the work, it is opened again, given fewer rows at once, or left for one that cannot be lost. */
import { timestamp } from '../base/clock.js';
import { DeviceError } from '../base/errors.js';
import type { DeviceOwner } from '../compute/devices.js';
import type { Engine } from '../compute/engine.js';
import { dividesIntoParts } from '../compute/plan/parts.js';
import { withinTime } from '../compute/time-limit.js';
import { openInferenceEngine } from '../infer/engine.js';
import type { Incident } from '../spec/incident.js';
import type { Recipe } from './recipe.js';

/** Milliseconds before each attempt to open a device again: a graphics driver that has just been restarted needs a moment. */
const pauses = [0, 300, 1_000];
/** Milliseconds for one attempt. */
const patience = 10_000;
/** Lost so often, it is left. */
const mostLosses = 2;

/** What of an engine's errors says that it cannot be used as it is. */
const lossCodes: ReadonlySet<string> = new Set(['device-lost', 'device-fault']);

/** Where a training stood. */
interface Standing {
  epoch: number;
  steps: number;
}

export interface Failure {
  error: unknown;
  /** The one that it failed on. */
  engine: Engine;
  recipe: Recipe;
  /** Where the training stood, and where it can go on from. */
  reached: Standing;
  from: Standing;
}

export class TrainingDevice {
  #engine: Engine;
  #microBatch: number | undefined;
  #losses = 0;
  readonly #untold: Incident[] = [];
  readonly #devices: DeviceOwner | undefined;
  /** Trainings that share a device fail together: one of them mends it. */
  #mending: Promise<unknown> = Promise.resolve();

  /** @param devices what opens another; left out, every error of the device is the training's end */
  constructor(engine: Engine, devices?: DeviceOwner) {
    this.#engine = engine;
    this.#devices = devices;
  }

  get engine(): Engine {
    return this.#engine;
  }

  /** The most rows that a step computes at once; undefined: the whole batch. */
  get microBatch(): number | undefined {
    return this.#microBatch;
  }

  /**
   * Makes the device ready to go on.
   * @throws the very error, where there is no remedy
   */
  recover(failure: Failure): Promise<Incident> {
    const mended = this.#mending.then(() => this.#recover(failure));
    this.#mending = mended.catch(() => undefined);
    return mended;
  }

  /** Work that needs nothing but the device: it is done again where that failed. */
  async compute<Result>(
    work: (engine: Engine) => Promise<Result>,
    { recipe, state }: { recipe: Recipe; state: Standing },
  ): Promise<Result> {
    for (;;) {
      const engine = this.#engine;
      try {
        return await work(engine);
      } catch (error) {
        this.#untold.push(await this.recover({ error, engine, recipe, reached: state, from: state }));
      }
    }
  }

  /** What happened in `compute` since this was last asked. */
  untold(): Incident[] {
    return this.#untold.splice(0);
  }

  async #recover({ error, engine, recipe, reached, from }: Failure): Promise<Incident> {
    if (!(error instanceof DeviceError)) throw error;
    const mended = engine === this.#engine ? await this.#remedy(error, recipe) : 'It is open again.';
    if (mended === undefined) throw error;
    const goesOn = from.steps === 0 ? 'It began anew' : `It went on from step ${from.steps}`;
    return {
      time: timestamp(),
      epoch: reached.epoch,
      step: reached.steps,
      code: error.code,
      message: error.message,
      remedy: `${mended} ${goesOn} on ${this.#engine.device}.`,
    };
  }

  /** What was done, in words; undefined where nothing can be done. */
  async #remedy(error: DeviceError, recipe: Recipe): Promise<string | undefined> {
    if (error.code === 'device-memory') return this.#needLess(recipe);
    if (!lossCodes.has(error.code)) return undefined;
    this.#losses++;
    if (this.#losses < mostLosses && (await this.#reopen())) return 'The device was opened again.';
    return this.#leave(
      this.#losses < mostLosses ? 'The device could not be opened again.' : 'The device was lost twice and is not used any more.',
    );
  }

  async #needLess({ model, batchSize }: Recipe): Promise<string | undefined> {
    const rows = Math.ceil((this.#microBatch ?? batchSize) / 2);
    const smaller = rows < (this.#microBatch ?? batchSize) && dividesIntoParts(model);
    if (!smaller) return this.#leave('The device has too little memory for this network.');
    if (!(await this.#reopen())) return this.#leave('The device could not be opened again.');
    this.#microBatch = rows;
    return `Batches are computed ${rows} rows at a time; the sum of their gradients is the same.`;
  }

  async #reopen(): Promise<boolean> {
    const { device } = this.#engine;
    for (const pause of pauses) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      try {
        if (!this.#devices) return false;
        this.#engine = await withinTime(patience, `Starting ${device}`, this.#devices.engine(device));
        return true;
      } catch {
        // The next attempt, or another device.
      }
    }
    return false;
  }

  async #leave(why: string): Promise<string | undefined> {
    if (!this.#devices) return undefined;
    const other = await openInferenceEngine(this.#devices);
    if (other.device === this.#engine.device) return undefined;
    this.#engine = other;
    this.#microBatch = undefined;
    return why;
  }
}
