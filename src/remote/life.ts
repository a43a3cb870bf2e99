/**
 * One life of one worker, from spawning to its end. Whatever ends it, every call that waits is rejected with the reason at
 * once, and so is every later one: a new life is `connect`'s business.
 */
import { type Remote, wrap } from 'comlink';
import { BenchwrightError, fromWire } from '../base/errors.js';
import { newIdentifier } from '../base/identifier.js';
import { died, failed, hung, unreadable } from './faults.js';
import type { Gateway, Reply } from './gateway.js';
import { Heartbeat } from './heartbeat.js';
import { awaitDeath } from './liveness.js';
import { ready } from './ready.js';
import type { WorkerLike } from './worker-like.js';

export interface LifeOptions {
  /** Given to the worker's `create`: whatever its services need to know. Cloneable. */
  setup?: unknown;
  /** Milliseconds within which the script must have been loaded and run. Default: 30,000. */
  startWithin?: number;
  /** Milliseconds of silence, while calls wait, after which the worker counts as hung; Infinity: never. Default: 5,000. */
  hungAfter?: number;
  /** Called when a worker has ended, for whatever reason: what it held is gone, and the next call starts another. */
  ended?(): void;
}

type Message<Answer> = (gateway: Remote<Gateway>) => Promise<Answer>;

export class WorkerLife {
  readonly #worker: WorkerLike;
  /** Held as long as a call or a generator holds this life: comlink lets go of a worker whose proxy was collected. */
  readonly #gateway: Remote<Gateway>;
  readonly #heartbeat: Heartbeat;
  readonly #started: Promise<void>;
  readonly #onEnd: () => void;
  readonly #waiting = new Set<(error: unknown) => void>();
  #end: { error: unknown } | undefined;

  /** @throws WorkerError `worker-failed` when the platform refuses to make the worker */
  constructor(spawn: () => WorkerLike, options: LifeOptions, onEnd: () => void) {
    const { setup, startWithin = 30_000, hungAfter = 5_000 } = options;
    this.#onEnd = onEnd;
    this.#worker = spawned(spawn);
    this.#worker.addEventListener('messageerror', () => this.end(unreadable()));
    // Threads of Node say that they ended; for workers there is `awaitDeath`.
    this.#worker.addEventListener('close' as 'error', () => this.end(died()));
    this.#gateway = wrap<Gateway>(this.#worker);
    this.#heartbeat = new Heartbeat(
      () => this.#gateway.beat(),
      hungAfter,
      () => this.end(hung(hungAfter)),
    );
    this.#started = this.#start(startWithin, setup);
    // Who calls hears of it; a start that nobody waits for is no unhandled rejection.
    this.#started.catch(() => undefined);
  }

  get ended(): boolean {
    return this.#end !== undefined;
  }

  /** Sends a message once the services stand. Answers the value, or throws the error that came back. */
  async ask(message: Message<Reply>): Promise<unknown> {
    await this.#started;
    return this.#answer(message);
  }

  /** Sends a message whose answer nobody needs. */
  tell(message: Message<unknown>): void {
    if (!this.#end) void message(this.#gateway);
  }

  /** Ends this life: the worker is terminated, and everything that waits is rejected with the error. */
  end(error: unknown): void {
    if (this.#end) return;
    this.#end = { error };
    this.#worker.terminate();
    for (const reject of this.#waiting) reject(error);
    this.#onEnd();
  }

  async #start(within: number, setup: unknown): Promise<void> {
    const name = `benchwright-worker-${newIdentifier()}`;
    try {
      await this.#whileAlive(ready(this.#worker, within));
      await this.#answer((gateway) => gateway.start(name, setup));
    } catch (error) {
      this.end(error);
      throw error;
    }
    awaitDeath(name, () => this.end(died()));
  }

  async #answer(message: Message<Reply>): Promise<unknown> {
    this.#heartbeat.start();
    const reply = await this.#whileAlive(message(this.#gateway));
    if ('error' in reply) throw fromWire(reply.error);
    return reply.value;
  }

  /** Nobody waits. */
  #rest(): void {
    this.#heartbeat.stop();
    this.#worker.unref?.();
  }

  /** The work's outcome, or the reason for which this life ended before. */
  async #whileAlive<Value>(work: Promise<Value>): Promise<Value> {
    if (this.#end) throw this.#end.error;
    let stopWaiting: (error: unknown) => void = () => undefined;
    const ended = new Promise<never>((_resolve, reject) => (stopWaiting = reject));
    this.#waiting.add(stopWaiting);
    this.#worker.ref?.();
    try {
      return await Promise.race([work, ended]);
    } finally {
      this.#waiting.delete(stopWaiting);
      if (this.#waiting.size === 0) this.#rest();
    }
  }
}

function spawned(spawn: () => WorkerLike): WorkerLike {
  try {
    return spawn();
  } catch (error) {
    throw error instanceof BenchwrightError ? error : failed(error);
  }
}
