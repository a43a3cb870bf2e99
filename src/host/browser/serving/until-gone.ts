/** When nobody waits for an answer any more: the caller cancelled, where a browser says so, or its page is closed. */

/** Milliseconds between two looks at whether the caller's page is there. Chromium tells a service worker of no fetch that was aborted. */
const pause = 500;

/** Call `stop` once it is answered. */
export function untilGone(cancelled: AbortSignal, isThere: () => Promise<boolean>): { signal: AbortSignal; stop(): void } {
  const gone = new AbortController();
  const looking = setInterval(async () => {
    if (!(await isThere())) gone.abort();
  }, pause);
  return { signal: AbortSignal.any([cancelled, gone.signal]), stop: () => clearInterval(looking) };
}
