/** Renaming what is saved. */
import type { Toasts } from '../contexts/toasts.js';

interface Renamable {
  rename(id: string, name: string): Promise<unknown>;
}

/** Whoever shows the name hears of the new one from the store; a failure is a toast. */
export async function rename(service: Renamable, toasts: Toasts, id: string, name: string): Promise<void> {
  try {
    await service.rename(id, name);
  } catch (thrown) {
    toasts.fail(thrown);
  }
}
