/** What a caller may count on, whether the service is inline or behind a worker. */
import { expect, test } from 'vitest';
import { AbortError, InputError, StorageError } from '../../../src/base/errors.js';
import type { Toy } from './toy.js';

const thrown = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.unreachable('it did not throw'),
    (error: unknown) => error,
  );

/** `make` answers a new toy each time. */
export function boundaryContract(make: () => Toy): void {
  test('values go in and come out, also several at a time', async () => {
    const toy = make();
    await expect(toy.add(1, 2)).resolves.toBe(3);
    await expect(Promise.all([toy.add(1, 1), toy.add(2, 2), toy.add(3, 3)])).resolves.toEqual([2, 4, 6]);
  });

  test('typed arrays arrive, and what the service keeps is left to it', async () => {
    const toy = make();
    await expect(toy.made()).resolves.toEqual({ columns: [{ values: new Float64Array([4, 5]) }] });
    await toy.kept();
    await expect(toy.kept()).resolves.toEqual(new Float32Array([1, 2, 3]));
  });

  test('errors keep class, code, message, advice, place and cause', async () => {
    const error = (await thrown(make().refuse())) as InputError;
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({
      name: 'InputError',
      code: 'bad-row',
      message: 'Row 3 has 2 cells.',
      advice: 'Mend the row.',
      place: { file: 'a.csv', row: 3 },
    });
    expect(error.cause).toBeInstanceOf(StorageError);
    expect(error.cause).toMatchObject({ code: 'storage-full', advice: 'Delete something.' });
  });

  test('a signal as an argument is heard, before the call and during it', async () => {
    const toy = make();
    await expect(toy.wait(AbortSignal.abort())).resolves.toBe('AbortError');
    const controller = new AbortController();
    const waiting = toy.wait(controller.signal);
    await toy.add(0, 0);
    controller.abort();
    await expect(waiting).resolves.toBe('AbortError');
  });

  test('a generator does nothing before the first next, and ahead of the caller', async () => {
    const toy = make();
    const counting = toy.count(3);
    expect(await toy.log()).toEqual([]);
    await counting.next();
    await toy.add(0, 0);
    expect(await toy.log()).toEqual(['start', 'make 1']);
  });

  test('a generator yields everything and answers its result', async () => {
    const counting = make().count(2);
    expect(await counting.next()).toEqual({ done: false, value: 1 });
    expect(await counting.next()).toEqual({ done: false, value: 2 });
    expect(await counting.next()).toEqual({ done: true, value: 'done' });
    expect(await counting.next()).toEqual({ done: true, value: undefined });
  });

  test('calls of next without waiting are answered in order', async () => {
    const counting = make().count(2);
    const answers = await Promise.all([counting.next(), counting.next(), counting.next()]);
    expect(answers.map(({ value }) => value)).toEqual([1, 2, 'done']);
  });

  test('return stops the work and runs what it has to finish', async () => {
    const toy = make();
    for await (const number of toy.count(100)) if (number === 2) break;
    expect(await toy.log()).toEqual(['start', 'make 1', 'make 2', 'end']);
  });

  test('return before the first next starts nothing', async () => {
    const toy = make();
    expect(await toy.count(3).return('never')).toEqual({ done: true, value: 'never' });
    expect(await toy.log()).toEqual([]);
  });

  test('throw reaches the place where the generator waits', async () => {
    const toy = make();
    const counting = toy.count(3);
    await counting.next();
    expect(await counting.throw(new Error('oops'))).toEqual({ done: false, value: 2 });
    expect(await toy.log()).toEqual(['start', 'make 1', 'caught oops', 'make 2']);
  });

  test('two signals in an options object are told apart', async () => {
    const toy = make();
    const stop = new AbortController();
    const stopped = toy.count(9, { signal: new AbortController().signal, stop: stop.signal });
    await stopped.next();
    stop.abort();
    expect(await stopped.next()).toEqual({ done: true, value: 'stopped before 2' });

    const cancel = new AbortController();
    const cancelled = toy.count(9, { signal: cancel.signal, stop: new AbortController().signal });
    await cancelled.next();
    cancel.abort();
    const error = (await thrown(cancelled.next())) as AbortError;
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ name: 'AbortError', code: 'cancelled' });
    expect((error.cause as Error).name).toBe('AbortError');
    expect(await cancelled.next()).toEqual({ done: true, value: undefined });
  });

  test('bytes come from a Blob and from any other source', async () => {
    const toy = make();
    const blob = new Blob(['hello']);
    await expect(toy.size({ kind: 'file', file: blob })).resolves.toBe(5);
    await expect(toy.size({ kind: 'file', file: { name: 'a', stream: () => blob.stream() } })).resolves.toBe(5);
  });

  test('the options that were passed are left as they were', async () => {
    const toy = make();
    const options = { stop: new AbortController().signal };
    await toy.count(1, options).next();
    expect(options.stop).toBeInstanceOf(AbortSignal);
  });
}
