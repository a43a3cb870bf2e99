/** The inference worker's end of a port: answers what is asked over it. */
import { refusal } from '../../../serve/refusal.js';
import type { Ask, Cancel, Ready } from './messages.js';

/** @param request makes the request, as often as it is read */
export type HandleAgain = (request: () => Request) => Promise<Response>;

/** @param life the Web Lock that this worker holds as long as it lives */
export function answerOver(port: MessagePort, handle: HandleAgain, life: string): void {
  const running = new Map<number, AbortController>();
  port.onmessage = ({ data }: MessageEvent<Ask | Cancel>) => {
    if (data.kind === 'cancel') running.get(data.id)?.abort();
    if (data.kind === 'ask') void answer(data);
  };
  port.postMessage({ kind: 'ready', life } satisfies Ready);

  async function answer({ id, method, path, headers, body }: Ask): Promise<void> {
    const stopping = new AbortController();
    running.set(id, stopping);
    const address = new URL(path, 'http://localhost');
    const make = (): Request => new Request(address, { method, headers, signal: stopping.signal, ...(body ? { body } : {}) });
    try {
      const response = await handle(make).catch((thrown: unknown) => refusal(address.pathname, thrown));
      if (stopping.signal.aborted) return;
      const answered = await response.arrayBuffer();
      port.postMessage({ kind: 'answer', id, status: response.status, headers: [...response.headers], body: answered }, [answered]);
    } finally {
      running.delete(id);
    }
  }
}
