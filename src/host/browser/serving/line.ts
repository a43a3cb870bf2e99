/** The service worker's end of a port: asks over it, and knows when nobody is at its other end any more. */
import { AbortError } from '../../../base/errors.js';
import { awaitDeath } from '../../../remote/liveness.js';
import { nobodyServes, tookTooLong } from '../../../serve/problems.js';
import type { Answer, Ask, Cancel } from './messages.js';

interface Waiting {
  answer(given: Answer): void;
  fail(problem: unknown): void;
}

export class Line {
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #ended = false;

  /** @param life the Web Lock that the other end holds as long as it lives */
  constructor(port: MessagePort, life: string) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.kind === 'answer') this.#waiting.get(data.id)?.answer(data);
    };
    awaitDeath(life, () => this.end());
  }

  get ended(): boolean {
    return this.#ended;
  }

  /**
   * @param question its body is moved
   * @param time milliseconds within which it has to be answered
   * @throws InputError `nobody-serves` when the other end goes meanwhile, `took-too-long`; AbortError
   */
  ask(question: Omit<Ask, 'kind' | 'id'>, time: number, signal: AbortSignal): Promise<Answer> {
    const id = this.#asked++;
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(late);
        signal.removeEventListener('abort', cancelled);
        this.#waiting.delete(id);
      };
      const fail = (problem: unknown): void => {
        done();
        reject(problem);
      };
      const leave = (problem: unknown): void => {
        this.#port.postMessage({ kind: 'cancel', id } satisfies Cancel);
        fail(problem);
      };
      const cancelled = (): void => leave(new AbortError(undefined, { cause: signal.reason }));
      const late = setTimeout(() => leave(tookTooLong(time)), time);
      const answer = (given: Answer): void => {
        done();
        resolve(given);
      };
      if (this.#ended) return fail(wentAway());
      if (signal.aborted) return cancelled();
      signal.addEventListener('abort', cancelled);
      this.#waiting.set(id, { answer, fail });
      this.#port.postMessage({ kind: 'ask', id, ...question } satisfies Ask, question.body ? [question.body] : []);
    });
  }

  end(): void {
    this.#ended = true;
    this.#port.close();
    for (const { fail } of [...this.#waiting.values()]) fail(wentAway());
  }
}

const wentAway = () => nobodyServes('The page that was answering was closed.', 'Ask again: another one answers, if there is one.');
