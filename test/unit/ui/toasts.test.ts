/** Short messages go by themselves, but not while somebody is on them. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import { Toasts } from '../../../src/ui/contexts/toasts.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a message goes after a while, and one that is held when it is let go', () => {
  const toasts = new Toasts();
  const shown = (): string[] => toasts.shown.map(({ message }) => message);
  toasts.show('one');
  vi.advanceTimersByTime(60_000);
  expect(shown()).toEqual([]);
  toasts.show('two', { label: 'Undo', run: async () => undefined });
  toasts.hold(true);
  toasts.show('three');
  vi.advanceTimersByTime(60_000);
  expect(shown()).toEqual(['two', 'three']);
  toasts.hold(false);
  vi.advanceTimersByTime(60_000);
  expect(shown()).toEqual([]);
});

test('a failure says what to do, and leads to what is in the way', () => {
  const toasts = new Toasts();
  const action = { label: 'Show it', run: () => undefined };
  toasts.fail(new InputError('model-deployed', 'A deployment has it.', { advice: 'Remove its version first.' }), action);
  expect(toasts.shown).toEqual([{ id: 1, message: 'A deployment has it. Remove its version first.', tone: 'bad', action }]);
});
