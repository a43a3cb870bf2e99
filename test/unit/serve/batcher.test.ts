import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { AbortError } from '../../../src/base/errors.js';
import type { Table } from '../../../src/data/table.js';
import type { Answers } from '../../../src/infer/predictor.js';
import { Batcher } from '../../../src/serve/batcher.js';
import { ofTables } from '../../../src/serve/served-rows.js';

const table = (...values: number[]): Table => ({
  rows: values.length,
  names: ['x'],
  columns: [{ kind: 'number', values: Float64Array.from(values) }],
});

/** Doubles each value, when it is let. */
function doubling() {
  const batches: number[][] = [];
  const waiting: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  const answer = async ({ rows, columns: [column] }: Table, signal: AbortSignal): Promise<Answers> => {
    const values = column.kind === 'number' ? [...column.values] : [];
    batches.push(values);
    signals.push(signal);
    await new Promise<void>((resolve) => waiting.push(resolve));
    if (values.includes(13)) throw new Error('unlucky');
    return { rows, outputs: Float64Array.from(values, (value) => 2 * value) };
  };
  const goOn = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (const resolve of waiting.splice(0)) resolve();
  };
  return { answer, batches, signals, goOn };
}

const outputs = async (answers: Promise<Answers>): Promise<number[]> => [...(await answers).outputs];

test('what comes while a batch is computed is the next batch, and each gets its own', async () => {
  const { answer, batches, goOn } = doubling();
  const batcher = new Batcher(ofTables(answer), { size: 4, delay: 0 });
  const asked = [table(1), table(2, 3), table(4), table(5, 6)].map((each) => outputs(batcher.ask(each)));
  for (let turn = 0; turn < 3; turn++) await goOn();
  expect(await Promise.all(asked)).toEqual([[2], [4, 6], [8], [10, 12]]);
  // The first finds nobody computing; the others do not fit into one of 4.
  expect(batches).toEqual([[1], [2, 3, 4], [5, 6]]);
});

test('a request of more rows than a batch has is one of its own', async () => {
  const { answer, batches, goOn } = doubling();
  const batcher = new Batcher(ofTables(answer), { size: 2, delay: 0 });
  const asked = outputs(batcher.ask(table(1, 2, 3)));
  await goOn();
  expect(await asked).toEqual([2, 4, 6]);
  expect(batches).toEqual([[1, 2, 3]]);
});

test('with a delay, the first waits for others', async () => {
  const { answer, batches, goOn } = doubling();
  const batcher = new Batcher(ofTables(answer), { size: 8, delay: 1 });
  const asked = [table(1), table(2)].map((each) => outputs(batcher.ask(each)));
  await goOn();
  expect(await Promise.all(asked)).toEqual([[2], [4]]);
  expect(batches).toEqual([[1, 2]]);
});

test('whoever goes while waiting is not computed; work that nobody waits for is stopped', async () => {
  const { answer, batches, signals, goOn } = doubling();
  const batcher = new Batcher(ofTables(answer), { size: 8, delay: 0 });
  const [first, second] = [new AbortController(), new AbortController()];
  const asked = [batcher.ask(table(1), first.signal), batcher.ask(table(2), second.signal), batcher.ask(table(3))];
  const settled = Promise.allSettled(asked);
  second.abort();
  first.abort();
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(signals[0].aborted).toBe(true);
  await goOn();
  await goOn();
  const [one, two, three] = await settled;
  expect([one, two].map((each) => each.status === 'rejected' && each.reason instanceof AbortError)).toEqual([true, true]);
  expect(three.status === 'fulfilled' && [...three.value.outputs]).toEqual([6]);
  expect(batches).toEqual([[1], [3]]);
});

test('a batch that fails fails those of it alone', async () => {
  const { answer, goOn } = doubling();
  const batcher = new Batcher(ofTables(answer), { size: 1, delay: 0 });
  const asked = [13, 1].map((value) => batcher.ask(table(value)));
  const settled = Promise.allSettled(asked);
  await goOn();
  await goOn();
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  await batcher.settled();
});

test('of a batch that fails each is answered alone, but who has gone: one caller spoils no other answer', async () => {
  const { answer, batches, goOn } = doubling();
  const batcher = new Batcher(ofTables(answer), { size: 8, delay: 1 });
  const gone = new AbortController();
  const asked = [1, 13, 2, 3].map((value) => batcher.ask(table(value), value === 2 ? gone.signal : undefined));
  const settled = Promise.allSettled(asked);
  await new Promise((resolve) => setTimeout(resolve, 5));
  gone.abort();
  for (let turn = 0; turn < 4; turn++) await goOn();
  expect((await settled).map((each) => (each.status === 'fulfilled' ? [...each.value.outputs] : each.reason.message))).toEqual([
    [2],
    'unlucky',
    expect.any(String),
    [6],
  ]);
  expect(batches).toEqual([[1, 13, 2, 3], [1], [13], [3]]);
});

test('of a request that has been answered nothing is kept: nobody listens to its signal any more', async () => {
  const { answer, goOn } = doubling();
  const batcher = new Batcher(ofTables(answer), { size: 4, delay: 0 });
  const answered = new AbortController();
  const cancelled = new AbortController();
  const asked = [batcher.ask(table(1), answered.signal), batcher.ask(table(2), cancelled.signal)];
  cancelled.abort();
  await expect(asked[1]).rejects.toBeInstanceOf(AbortError);
  await goOn();
  await asked[0];
  for (const { signal } of [answered, cancelled]) expect(getEventListeners(signal, 'abort')).toEqual([]);
});
