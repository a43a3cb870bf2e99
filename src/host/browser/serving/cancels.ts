/**
 * Requests that their caller calls off by name: Chromium tells a service worker of no fetch that was aborted. A caller that wants its work to stop gives
 * the request a name of its own in a header, and sends it to the service worker when it is not wanted any more.
 */

export const requestHeader = 'x-benchwright-request';

export interface CalledOff {
  kind: 'benchwright-called-off';
  request: string;
}

export class Cancels {
  readonly #running = new Map<string, AbortController>();

  /** Its signal; nothing where the request has no name. Call `end` once it is answered. */
  begin({ headers }: Pick<Request, 'headers'>): { signal?: AbortSignal; end(): void } {
    const name = headers.get(requestHeader);
    if (name === null) return { end: () => undefined };
    const stopping = new AbortController();
    this.#running.set(name, stopping);
    return { signal: stopping.signal, end: () => void this.#running.delete(name) };
  }

  /** @param data a message that a page sent */
  hear(data: unknown): void {
    const { kind, request } = (data ?? {}) as Partial<CalledOff>;
    if (kind === 'benchwright-called-off') this.#running.get(String(request))?.abort();
  }
}
