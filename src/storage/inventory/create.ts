/** The inventory over a store. What it takes to look at all of it is loaded when somebody does. */

import type { Store } from '../store.js';
import { damagedChunks } from '../watchful.js';
import type { Inventory } from './inventory.js';

/** @param store a watchful one */
export function createInventory(store: Store): Inventory {
  return {
    async items() {
      const { keptItems } = await import('./items.js');
      return keptItems(store);
    },
    async damaged() {
      const [damaged, unreadable = []] = await Promise.all([damagedChunks(store), store.unreadable?.()]);
      if (damaged.size === 0 && unreadable.length === 0) return [];
      const { damageIn } = await import('./items.js');
      return damageIn(store, damaged);
    },
    async *check(signal) {
      const { checkAll } = await import('./check.js');
      return yield* checkAll(store, signal);
    },
    async empty() {
      const { emptyBin } = await import('./items.js');
      return emptyBin(store);
    },
  };
}
