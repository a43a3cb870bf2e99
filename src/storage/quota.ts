/** How much room a browser gives this origin, and asking it never to take that away. */
import type { Usage } from './store.js';

export async function browserUsage(): Promise<Usage> {
  const [estimate, persistent] = await Promise.all([
    navigator.storage.estimate().catch((): StorageEstimate => ({})),
    navigator.storage.persisted().catch(() => false),
  ]);
  return { used: estimate.usage, quota: estimate.quota, persistent };
}

/**
 * Asks the browser to keep what is stored until the user deletes it. Some ask the user, some decide by themselves.
 * Answers whether it is granted; always false in a worker, which cannot ask.
 */
export async function askToPersist(): Promise<boolean> {
  const storage = navigator.storage as StorageManager & { persist?: () => Promise<boolean> };
  return (await storage.persist?.().catch(() => false)) ?? false;
}
