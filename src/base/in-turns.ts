/** Long work that is cut into pieces by its yields: done with the thread given back every now and then. */
import { throwIfAborted, yieldToEventLoop } from './abort.js';
import { milliseconds } from './clock.js';

const longestTurn = 20;

/** Such work done in one go. */
export function finished<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}

/** @throws AbortError */
export async function inTurns<Result>(work: Generator<void, Result>, signal?: AbortSignal): Promise<Result> {
  let since = milliseconds();
  for (;;) {
    throwIfAborted(signal);
    const next = work.next();
    if (next.done) return next.value;
    if (milliseconds() - since < longestTurn) continue;
    await yieldToEventLoop();
    since = milliseconds();
  }
}
