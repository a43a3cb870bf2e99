/** Who shows what is kept hears of a refused write, and of nothing else. */
import { expect, test } from 'vitest';
import { InputError, StorageError } from '../../../src/base/errors.js';
import { noteStale, onStale } from '../../../src/ui/stale.js';

test('a stale write is passed on until nobody listens', () => {
  let heard = 0;
  const stop = onStale(() => (heard += 1));
  noteStale(new InputError('invalid-name', 'No.', { advice: '' }));
  noteStale(undefined);
  expect(heard).toBe(0);
  noteStale(new StorageError('stale-write', 'Changed.', { advice: '' }));
  expect(heard).toBe(1);
  stop();
  noteStale(new StorageError('stale-write', 'Changed.', { advice: '' }));
  expect(heard).toBe(1);
});
