/** A service that can be made to fail in every way that a worker can. */
import type { Shapes } from '../../../src/remote/shape.js';

export interface Faulty {
  /** A number that differs from worker to worker. */
  who(): Promise<number>;
  /** The worker ends without a word. */
  die(): Promise<never>;
  /** Its event loop never turns again. */
  loop(): Promise<never>;
  /** A promise that never settles, in a worker that lives. */
  forget(): Promise<never>;
  /** Settles after so many milliseconds. */
  sleep(milliseconds: number): Promise<string>;
  /** Throws outside of any call. */
  throwLater(): Promise<void>;
  numbers(): AsyncGenerator<number>;
}

export interface FaultyServices {
  faulty: Faulty;
}

export const faultyShapes: Shapes<FaultyServices> = {
  faulty: { who: 'value', die: 'value', loop: 'value', forget: 'value', sleep: 'value', throwLater: 'value', numbers: 'stream' },
};
