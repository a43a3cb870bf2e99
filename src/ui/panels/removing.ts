/** Deleting with a way back: what was deleted can be restored from the message that says so. */
import { BenchwrightError } from '../../base/errors.js';
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
    const { deployment } = thrown instanceof BenchwrightError && thrown.code === 'model-deployed' ? thrown.place : {};
    const showIt = { label: 'Show it', run: () => location.assign(`#/serve/${deployment}`) };
    toasts.fail(thrown, deployment === undefined ? undefined : showIt);
    return false;
  }
  toasts.show(`Deleted “${name}”.`, { label: 'Undo', run: () => service.restore(id) });
  return true;
}
