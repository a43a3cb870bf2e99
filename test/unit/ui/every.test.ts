/** Turns while an element is on the page: one after the other, none while nobody looks, none once it has gone. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Every } from '../../../src/ui/every.js';

const page = Object.assign(new EventTarget(), { hidden: false });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', page);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  page.hidden = false;
});

function started(turn: () => Promise<unknown>): ReactiveController {
  const host = { addController: () => undefined } as unknown as ReactiveControllerHost;
  const every: ReactiveController = new Every(host, () => 1_000, turn);
  every.hostConnected?.();
  return every;
}

test('the next turn waits for the last one, however long that takes', async () => {
  let end: () => void = () => undefined;
  const turn = vi.fn(() => new Promise<void>((resolve) => (end = resolve)));
  const every = started(turn);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(turn).toHaveBeenCalledTimes(1);
  end();
  await vi.advanceTimersByTimeAsync(999);
  expect(turn).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(turn).toHaveBeenCalledTimes(2);
  every.hostDisconnected?.();
});

test('nobody looks: no turn until somebody does, and then at once', async () => {
  const turn = vi.fn(() => Promise.resolve());
  page.hidden = true;
  const every = started(turn);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(turn).not.toHaveBeenCalled();
  page.hidden = false;
  page.dispatchEvent(new Event('visibilitychange'));
  await vi.advanceTimersByTimeAsync(0);
  expect(turn).toHaveBeenCalledTimes(1);
  every.hostDisconnected?.();
});

test('an element that has gone and come again during a turn has one row of turns', async () => {
  let end: () => void = () => undefined;
  const turn = vi.fn(() => new Promise<void>((resolve) => (end = resolve)));
  const every = started(turn);
  await vi.advanceTimersByTimeAsync(1_000);
  every.hostDisconnected?.();
  every.hostConnected?.();
  end();
  await vi.advanceTimersByTimeAsync(1_000);
  end();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(turn).toHaveBeenCalledTimes(3);
  end();
  every.hostDisconnected?.();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(turn).toHaveBeenCalledTimes(3);
});
