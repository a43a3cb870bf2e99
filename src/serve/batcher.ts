/**
 * Requests that come at the same time are answered together: while one batch is computed, the next gathers. Each gets what it would have got
 * alone: whoever gathers has made sure that a row's answer depends on no other row.
 */
import { yieldToEventLoop } from '../base/abort.js';
import { AbortError } from '../base/errors.js';

export interface BatchSettings {
  /** Rows that are computed together; a request of more is a batch of its own. */
  size: number;
  /** Milliseconds that a request waits for others when nothing is being computed. */
  delay: number;
}

/** Whoever comes while a batch is computed waits for it anyway. */
export const usualBatches: BatchSettings = { size: 256, delay: 0 };

/** How questions become one, and its answer theirs again. */
export interface Batches<Given extends { rows: number }, Answer> {
  answer(given: Given, signal: AbortSignal): Promise<Answer>;
  /** Whether a question can be put to another that waits before it. Left out: always. */
  fits?(given: Given, other: Given): boolean;
  /** @param given two or more that fit together */
  join(given: readonly Given[]): Given;
  part(answer: Answer, start: number, rows: number): Answer;
}

interface Waiting<Given, Answer> {
  given: Given;
  signal: AbortSignal | undefined;
  resolve: (answer: Answer) => void;
  reject: (problem: unknown) => void;
}

export class Batcher<Given extends { rows: number }, Answer> {
  readonly #batches: Batches<Given, Answer>;
  readonly #settings: BatchSettings;
  readonly #told: (rows: number) => void;
  #waiting: Waiting<Given, Answer>[] = [];
  #working: Promise<void> | undefined;

  /** @param told after each batch: its rows */
  constructor(batches: Batches<Given, Answer>, settings: BatchSettings = usualBatches, told: (rows: number) => void = () => undefined) {
    this.#batches = batches;
    this.#settings = settings;
    this.#told = told;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** @throws AbortError once its own signal is aborted; what answering its batch throws */
  ask(given: Given, signal?: AbortSignal): Promise<Answer> {
    let leave = (): void => undefined;
    const answered = new Promise<Answer>((resolve, reject) => {
      const request: Waiting<Given, Answer> = { given, signal, resolve, reject };
      leave = () => {
        this.#waiting = this.#waiting.filter((each) => each !== request);
        reject(new AbortError(undefined, { cause: signal?.reason }));
      };
      if (signal?.aborted) return leave();
      signal?.addEventListener('abort', leave);
      this.#waiting.push(request);
      this.#working ??= this.#work();
    });
    // Node keeps a signal that somebody listens to, and all that its listener holds.
    return answered.finally(() => signal?.removeEventListener('abort', leave));
  }

  /** Settles when nothing is computed any more. */
  async settled(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    if (this.#settings.delay > 0) await new Promise((resolve) => setTimeout(resolve, this.#settings.delay));
    for (let batch = this.#take(); batch.length > 0; batch = this.#take()) {
      await this.#compute(batch);
      // Who has gone meanwhile says so in a message, which has to be heard before the next is computed.
      await yieldToEventLoop();
    }
    // In one go with having found nobody waiting: whoever comes later begins anew.
    this.#working = undefined;
  }

  #take(): Waiting<Given, Answer>[] {
    let rows = 0;
    let count = 0;
    for (const { given } of this.#waiting) {
      const fits = count === 0 || this.#batches.fits?.(given, this.#waiting[0].given) !== false;
      if (!fits || (count > 0 && rows + given.rows > this.#settings.size)) break;
      rows += given.rows;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #compute(batch: readonly Waiting<Given, Answer>[]): Promise<void> {
    const stopping = new AbortController();
    // Work that nobody waits for any more is not gone on with.
    const check = (): void => {
      if (batch.every(({ signal }) => signal?.aborted)) stopping.abort();
    };
    for (const { signal } of batch) signal?.addEventListener('abort', check);
    try {
      const [first] = batch;
      const whole = batch.length === 1 ? first.given : this.#batches.join(batch.map(({ given }) => given));
      const answer = await this.#batches.answer(whole, stopping.signal);
      let start = 0;
      for (const { given, resolve } of batch) {
        resolve(batch.length === 1 ? answer : this.#batches.part(answer, start, given.rows));
        start += given.rows;
      }
      this.#told(whole.rows);
    } catch (problem) {
      await this.#answerAlone(batch, problem);
    } finally {
      for (const { signal } of batch) signal?.removeEventListener('abort', check);
    }
  }

  /** One question may spoil a batch, for instance by an index that is out of range: the others get what they would have got without it. */
  async #answerAlone(batch: readonly Waiting<Given, Answer>[], problem: unknown): Promise<void> {
    if (batch.length === 1) return batch[0].reject(problem);
    for (const request of batch) {
      if (!request.signal?.aborted) await this.#compute([request]);
    }
  }
}
