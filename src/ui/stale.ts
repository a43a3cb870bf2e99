/** Word of writes that were refused because they were made from an older state: whoever shows that state loads it anew. */
import { codeOf } from './problem.js';

const listeners = new Set<() => void>();

/** Answers the function that stops it. */
export function onStale(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** To be called with whatever was thrown. */
export function noteStale(thrown: unknown): void {
  if (codeOf(thrown) === 'stale-write') for (const listener of [...listeners]) listener();
}
