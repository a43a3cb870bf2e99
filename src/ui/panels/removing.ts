/** Deleting with a way back: what was deleted can be restored from the message that says so. */
import type { Toasts } from '../contexts/toasts.js';

interface Removable {
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
}

/** Answers whether it was deleted. */
export async function removeWithUndo(service: Removable, toasts: Toasts, id: string, name: string): Promise<boolean> {
  try {
    await service.remove(id);
  } catch (thrown) {
    toasts.fail(thrown);
    return false;
  }
  toasts.show(`Deleted “${name}”.`, { label: 'Undo', run: () => service.restore(id) });
  return true;
}
