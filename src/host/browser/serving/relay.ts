/**
 * The service worker's side of serving: hands requests to the inference worker of the page that leads, and its answers back. Nothing is kept from one
 * start of the service worker to the next; whatever goes wrong is said in the words of the protocol that was asked.
 */
import { asAsked } from '../../../serve/as-asked.js';
import { readBody } from '../../../serve/body.js';
import { type Limits, usualLimits } from '../../../serve/limits.js';
import { refusal } from '../../../serve/refusal.js';
import { findLine, type Pages } from './find-line.js';
import type { Line } from './line.js';

/** Milliseconds that the router gets to say itself that it took too long. */
const grace = 5_000;

export class Relay {
  readonly #pages: Pages;
  readonly #limits: Limits;
  #line: Promise<Line> | undefined;

  constructor(pages: Pages, limits: Limits = usualLimits) {
    this.#pages = pages;
    this.#limits = limits;
  }

  /**
   * @param path below the scope, beginning with "/"; with what stands behind "?"
   * @param gone when nobody waits for the answer any more
   */
  async answer(request: Request, path: string, gone: AbortSignal): Promise<Response> {
    try {
      const { method, headers } = request;
      const body = method === 'POST' ? (await readBody(request, this.#limits.bytes)).buffer : undefined;
      const line = await this.#connected();
      const question = { method, path, headers: [...headers] as [string, string][], ...(body ? { body } : {}) };
      const answer = await line.ask(question, this.#limits.time + grace, gone);
      return new Response(answer.body, { status: answer.status, headers: answer.headers });
    } catch (thrown) {
      return asAsked(request, refusal(path.split('?')[0], thrown));
    }
  }

  /** Requests at once look for a line together; one whose other end has gone, or that was not found, is looked for anew. */
  async #connected(): Promise<Line> {
    const looking = this.#line;
    const line = await looking?.catch(() => undefined);
    if (line && !line.ended) return line;
    if (this.#line === looking) this.#line = findLine(this.#pages);
    return this.#line as Promise<Line>;
  }
}
