/** The first moments of a worker: either it reports that it listens, or it is known why it does not. */
import { failed, missing, notReady } from './faults.js';
import { readyMessage } from './gateway.js';
import type { WorkerLike } from './worker-like.js';

/**
 * Settles when the worker's script has run and listens. Later errors in the worker are not its end, and are not heard here.
 * @param within milliseconds
 * @throws WorkerError `worker-missing`, `worker-failed` or `worker-not-ready`
 */
export function ready(worker: WorkerLike, within: number): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const heard = new AbortController();
    const settle = (error?: Error): void => {
      clearTimeout(late);
      heard.abort();
      if (error) reject(error);
      else resolve();
    };
    const late = setTimeout(() => settle(notReady(within)), within);
    const onMessage = ({ data }: MessageEvent): void => {
      if (data === readyMessage) settle();
    };
    // A script that throws raises an ErrorEvent; one that cannot be fetched, or is no script, raises a bare Event.
    const onError = (event: ErrorEvent): void => {
      // Who calls is told; the console need not be.
      event.preventDefault();
      settle(event.message ? failed(event.error ?? new Error(event.message)) : missing());
    };
    worker.addEventListener('message', onMessage, { signal: heard.signal });
    worker.addEventListener('error', onError, { signal: heard.signal });
  });
}
