/** Where a store keeps things, as the contracts see it. */
import { afterEach, beforeEach, expect } from 'vitest';
import type { Store } from '../../../src/storage/store.js';

/** One place that keeps things, as a test sees it: from the front through stores, and from behind. */
export interface Place {
  /** Opens one more connection to the place. */
  open(): Promise<Store>;
  /** Names of everything kept beside records. Left out where there is nothing behind the store (memory). */
  kept?(): Promise<string[]>;
  damage?(hash: string, how: 'flip a byte' | 'cut short' | 'make longer' | 'remove'): Promise<void>;
  /** Leaves what a write leaves that is cut short by a crash. */
  leaveHalf?(hash: string): Promise<void>;
  dispose(): Promise<void>;
}

/** A fresh place for each test, one store opened in it, and a way to open more: all closed and removed afterwards. */
export function useStores<Kept extends Place>(
  createPlace: () => Promise<Kept>,
  give: (given: { place: Kept; store: Store; open: () => Promise<Store> }) => unknown,
): void {
  let place: Kept;
  const opened: Store[] = [];
  const open = async (): Promise<Store> => {
    opened.push(await place.open());
    return opened[opened.length - 1];
  };
  beforeEach(async () => {
    place = await createPlace();
    give({ place, store: await open(), open });
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    await place.dispose();
  });
}

/** An error with this code. */
export const code = (expected: string): unknown => expect.objectContaining({ code: expected });
