/** Bandits whose weights move while nobody looks at them: whoever serves their callers does it now and then. */
import type { Experiments } from './experiments.js';

/** Milliseconds from one time to the next: a log is read from its beginning, beside the requests that are answered. */
export const betweenWeights = 60_000;

/** One after the other. Never fails: what cannot be read now is tried the next time. */
export async function reweighRunning({ list, reweigh }: Pick<Experiments, 'list' | 'reweigh'>): Promise<void> {
  const experiments = await list().catch(() => []);
  for (const { id, status, spec } of experiments) if (spec.bandit && status === 'running') await reweigh(id).catch(() => false);
}
