/**
 * A writer against what is stored meanwhile. The record that a writer has read is its fencing token: when another tab or process has
 * written it since, or a tab wakes that was frozen, the write is refused inside the transaction. No counter has to be kept or migrated
 * for that, and writing the very same content twice is no conflict.
 */
import { StorageError } from '../base/errors.js';
import type { AnyRecord, Expectation } from './store.js';

/** @throws StorageError `stale-write` when the record stored is not the one expected */
export function checkExpected(expectation: Expectation, stored: AnyRecord | undefined): void {
  if (!sameValue(expectation.is, stored)) throw staleWrite(expectation);
}

export const staleWrite = ({ kind, id }: Expectation): StorageError =>
  new StorageError('stale-write', `The ${kind} "${id}" was changed elsewhere since it was read here, so this older state was not saved.`, {
    advice: 'Look at it as it is now, and do it again if it is still wanted. Nothing was overwritten.',
    place: { kind, id },
  });

/** Equality of plain data, key by key; NaN is NaN. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return (
    keys.length === others.length &&
    keys.every(
      (key) => Object.hasOwn(other, key) && sameValue((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
    )
  );
}
