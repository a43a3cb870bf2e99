/** Every way in which a worker fails, with real workers: the call is rejected with the reason, and the next one works. */

import { afterEach, expect, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { type Connection, connect } from '../../../src/remote/connect.js';
import type { LifeOptions } from '../../../src/remote/life.js';
import { type FaultyServices, faultyShapes } from './faulty.js';

const open: Connection<FaultyServices>[] = [];
afterEach(() => {
  for (const connection of open.splice(0)) connection.close();
});

const spawnFaulty = (): Worker => new Worker(new URL('./faulty.worker.ts', import.meta.url), { type: 'module' });

function connectFaulty(options?: LifeOptions, spawn: () => Worker = spawnFaulty) {
  const connection = connect(spawn, faultyShapes, options);
  open.push(connection);
  return connection.services.faulty;
}

test('a missing script is rejected at once', async () => {
  const faulty = connectFaulty({}, () => new Worker(new URL('/not-there.worker.js', location.href), { type: 'module' }));
  await expect(faulty.who()).rejects.toMatchObject({ name: 'WorkerError', code: 'worker-missing' });
});

test('a script that throws while starting is rejected at once, with its error', async () => {
  const faulty = connectFaulty({}, () => new Worker(new URL('./throwing.worker.ts', import.meta.url), { type: 'module' }));
  await expect(faulty.who()).rejects.toMatchObject({ code: 'worker-failed', message: expect.stringContaining('thrown while starting') });
});

test('a worker that the platform refuses to make is rejected', async () => {
  const faulty = connectFaulty({}, () => new Worker('https://elsewhere.invalid/worker.js'));
  await expect(faulty.who()).rejects.toMatchObject({ code: 'worker-failed', message: expect.stringContaining('elsewhere.invalid') });
});

test('a script that never listens is rejected after the time limit', async () => {
  const spawn = (): Worker => new Worker(new URL('./silent.worker.ts', import.meta.url), { type: 'module' });
  const faulty = connectFaulty({ startWithin: 300 }, spawn);
  await expect(faulty.who()).rejects.toMatchObject({ code: 'worker-not-ready' });
});

test('services that cannot be made reject every call with their own error', async () => {
  const faulty = connectFaulty({ setup: { refuse: true } });
  const expected = { name: 'StorageError', code: 'storage-unavailable', advice: 'Leave private browsing.' };
  await expect(faulty.who()).rejects.toMatchObject(expected);
  await expect(faulty.numbers().next()).rejects.toMatchObject(expected);
});

test('a worker that ends itself rejects what waits at once, and the next call has a new one', async () => {
  const faulty = connectFaulty({ hungAfter: Infinity });
  const first = await faulty.who();
  const waiting = [faulty.forget(), faulty.sleep(60_000), faulty.die()];
  const outcomes = await Promise.allSettled(waiting);
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'WorkerError', code: 'worker-died' } });
  expect(await faulty.who()).not.toBe(first);
});

test('a generator of a worker that has died is at its end, and a new one works', async () => {
  const faulty = connectFaulty({ hungAfter: Infinity });
  const [numbers, left] = [faulty.numbers(), faulty.numbers()];
  await numbers.next();
  await left.next();
  await expect(faulty.die()).rejects.toMatchObject({ code: 'worker-died' });
  await expect(numbers.next()).rejects.toMatchObject({ code: 'worker-died' });
  expect(await numbers.next()).toEqual({ done: true, value: undefined });
  expect(await left.return(undefined)).toEqual({ done: true, value: undefined });
  expect(await faulty.numbers().next()).toEqual({ done: false, value: 1 });
});

test('a worker that hangs is found by its silence, and the next call has a new one', async () => {
  const faulty = connectFaulty({ hungAfter: 500 });
  const first = await faulty.who();
  const outcomes = await Promise.allSettled([faulty.forget(), faulty.loop()]);
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'WorkerError', code: 'worker-hung' } });
  expect(await faulty.who()).not.toBe(first);
});

test('a call that takes long in a worker that lives is no fault', async () => {
  const faulty = connectFaulty({ hungAfter: 500 });
  void faulty.forget().catch(() => undefined);
  await expect(faulty.sleep(1_500)).resolves.toBe('slept');
});

test('an error in a worker outside of any call does not end it', async () => {
  const faulty = connectFaulty({}, () => {
    const worker = spawnFaulty();
    worker.addEventListener('error', (event) => event.preventDefault());
    return worker;
  });
  const first = await faulty.who();
  await faulty.throwLater();
  await faulty.sleep(100);
  expect(await faulty.who()).toBe(first);
});

test('garbage collection of what the caller let go ends neither a call nor a generator', async () => {
  const begin = async () => {
    const { faulty } = connect(spawnFaulty, faultyShapes, { hungAfter: Infinity }).services;
    const numbers = faulty.numbers();
    await numbers.next();
    return { sleeping: faulty.sleep(1_000), numbers };
  };
  const { sleeping, numbers } = await begin();
  for (let round = 0; round < 5; round++) {
    await cdp().send('HeapProfiler.collectGarbage');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await sleeping).toBe('slept');
  await cdp().send('HeapProfiler.collectGarbage');
  expect(await numbers.next()).toEqual({ done: false, value: 2 });
});
