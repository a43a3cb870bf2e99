/**
 * Asks the browser not to evict what is kept, once there is something of the user's own: a table that was brought, a model that was trained. Not
 * on a first visit, when nobody could say why; and not again for a while where it was refused, since some browsers ask the user.
 */
import { askToPersist } from '../storage/quota.js';

/** A name in the browser's storage. */
const key = 'benchwright.asked-to-keep';

/** Milliseconds: two weeks. */
const notAgainFor = 14 * 24 * 60 * 60 * 1000;

/** Never fails: the settings page says how it stands, and can ask too. */
export async function keepForGood(now = Date.now()): Promise<void> {
  try {
    if (await navigator.storage.persisted()) return;
    if (now - Number(localStorage.getItem(key) ?? 0) < notAgainFor) return;
    localStorage.setItem(key, String(now));
    await askToPersist();
  } catch {
    // Storage is closed to this page, and says so elsewhere.
  }
}
