/** Calls into a worker: starts one at the first call, and a new one at the next call after it ended. */
import { type Remote, transfer } from 'comlink';
import { InputError, toWire } from '../base/errors.js';
import { type PackedArguments, packArguments, portsIn, toWireArguments } from './arguments.js';
import { closed } from './faults.js';
import type { Gateway, Reply, Step } from './gateway.js';
import { type LifeOptions, WorkerLife } from './life.js';
import type { MethodKind } from './shape.js';
import type { WorkerLike } from './worker-like.js';

interface Target {
  service: string;
  method: string;
  kind: MethodKind;
}

export class Caller {
  readonly #spawn: () => WorkerLike;
  readonly #options: LifeOptions;
  #life: WorkerLife | undefined;
  #calls = 0;
  #closed = false;

  constructor(spawn: () => WorkerLike, options: LifeOptions) {
    this.#spawn = spawn;
    this.#options = options;
  }

  async value(target: Target, given: unknown[]): Promise<unknown> {
    const call = await this.#prepare(target, given);
    try {
      return await call.life.ask((gateway) => call.send(gateway));
    } finally {
      call.release();
    }
  }

  /** A real generator: `next`, `return` and `throw` queue as they do inline, and nothing runs before the first `next`. */
  async *stream(target: Target, given: unknown[]): AsyncGenerator {
    const call = await this.#prepare(target, given);
    const resume = async (step: Step): Promise<IteratorResult<unknown>> =>
      (await call.life.ask((gateway) => gateway.resume(call.id, step))) as IteratorResult<unknown>;
    try {
      await call.life.ask((gateway) => call.send(gateway));
      for (let result = await resume({ kind: 'next' }); ; ) {
        if (result.done) return result.value;
        let step: Step | undefined;
        try {
          step = { kind: 'next', value: yield result.value };
        } catch (error) {
          step = { kind: 'throw', error: toWire(error) };
        } finally {
          // Left by `return`: the work must really stop. With its worker gone it already has.
          if (!step && !call.life.ended) await resume({ kind: 'return' });
        }
        result = await resume(step);
      }
    } finally {
      call.release();
    }
  }

  close(): void {
    this.#closed = true;
    this.#life?.end(closed());
  }

  #lifeEnded(): void {
    this.#life = undefined;
    this.#options.ended?.();
  }

  async #prepare(target: Target, given: unknown[]): Promise<PreparedCall> {
    const packed = await packArguments(given);
    if (this.#closed) throw closed();
    this.#life ??= new WorkerLife(this.#spawn, this.#options, () => this.#lifeEnded());
    return new PreparedCall(this.#calls++, this.#life, target, packed);
  }
}

/** One call to one life of a worker; its signals are passed on until it is released. */
class PreparedCall {
  readonly #released = new AbortController();

  constructor(
    readonly id: number,
    readonly life: WorkerLife,
    readonly target: Target,
    readonly packed: PackedArguments,
  ) {}

  /** @throws InputError `not-cloneable` */
  async send(gateway: Remote<Gateway>): Promise<Reply> {
    for (const [position, { signal }] of this.packed.signals.entries()) {
      const passOn = (): void => this.life.tell((to) => to.abort(this.id, position, toWire(signal.reason)));
      signal.addEventListener('abort', passOn, { once: true, signal: this.#released.signal });
    }
    try {
      const call = { id: this.id, ...this.target, arguments: toWireArguments(this.packed) };
      return await gateway.call(transfer(call, portsIn(this.packed.values)));
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'DataCloneError')) throw error;
      const { service, method } = this.target;
      throw new InputError('not-cloneable', `An argument of ${service}.${method} cannot be sent to a worker: ${error.message}`, {
        advice: 'Pass plain data, typed arrays, Blobs, Files and AbortSignals only.',
        cause: error,
      });
    }
  }

  release(): void {
    this.#released.abort();
  }
}
