/**
 * A graphics processor that is ours: watched for loss and for errors that nobody awaits. tfjs notices neither, and goes on with numbers that
 * mean nothing.
 */
import { yieldToEventLoop } from '../../base/abort.js';
import { milliseconds } from '../../base/clock.js';
import { DeviceError } from '../../base/errors.js';
import type { ModelSpec } from '../../spec/model.js';
import { withinTime } from '../time-limit.js';

/** Milliseconds for the first read, before which shaders are compiled. */
const firstPatience = 60_000;
/** Milliseconds, and how many times the longest read so far, that each later one may take. */
const leastPatience = 5_000;
const mostTimes = 20;

export abstract class GraphicsDevice {
  /** Settles with the reason once the device cannot be used any more; not when we destroyed it ourselves. */
  readonly lost: Promise<string>;
  /** The adapter in words. */
  abstract readonly description: string;
  #problem: DeviceError | undefined;
  /** Milliseconds that a read may take, learnt from the longest: a driver that hangs says nothing. */
  #patience = firstPatience;
  #known = false;
  #announceLoss: (reason: string) => void = () => {};

  constructor() {
    this.lost = new Promise((resolve) => {
      this.#announceLoss = resolve;
    });
  }

  /** @throws DeviceError `device-memory` when one buffer of the network is larger than the device takes */
  abstract checkSize(model: ModelSpec, batchSize: number): void;

  protected abstract release(): void;

  /** @throws DeviceError once the device is lost or has failed */
  check(): void {
    if (this.#problem) throw this.#problem;
  }

  /** What a read answers, or the error that makes it worthless. */
  async guard<Result>(read: Promise<Result>): Promise<Result> {
    const started = milliseconds();
    try {
      const result = await withinTime(this.#patience, 'Reading', read);
      this.check();
      this.#patience = Math.max(leastPatience, mostTimes * (milliseconds() - started), this.#known ? this.#patience : 0);
      this.#known = true;
      return result;
    } catch (cause) {
      if (cause instanceof DeviceError && cause.code === 'device-slow') {
        this.giveUp(`it did not answer for ${Math.round(this.#patience / 1000)} seconds.`);
      }
      // The loss may be announced after the read that it broke.
      await yieldToEventLoop();
      this.check();
      throw new DeviceError('device-fault', 'The graphics processor did not give its results back.', {
        advice: 'Choose the wasm device.',
        cause,
      });
    }
  }

  /** From now on every use throws `device-lost`. */
  giveUp(reason: string): void {
    this.fail(
      new DeviceError('device-lost', `The graphics processor was lost: ${reason}`, {
        advice: 'Go on from the last checkpoint, or choose the wasm device.',
      }),
    );
  }

  destroy(): void {
    this.#announceLoss = () => {};
    this.release();
  }

  /** What is computed after the first failure means nothing: it is the last that is heard of this device. */
  protected fail(problem: DeviceError): void {
    this.#problem ??= problem;
    this.#announceLoss(problem.message);
  }
}

export const noDevice = (message: string): DeviceError =>
  new DeviceError('no-device', message, { advice: 'Choose wasm: it runs everywhere.' });

export const tooLarge = (message: string): DeviceError =>
  new DeviceError('device-memory', message, { advice: 'Use fewer units or a smaller batch, or choose the wasm device.' });
