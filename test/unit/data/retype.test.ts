/** Types that somebody changes: a new version from the stored rows, all other columns as they are, and back again. */
import { beforeEach, expect, test } from 'vitest';
import { createDatasets } from '../../../src/data/catalogue.js';
import type { Datasets } from '../../../src/data/datasets.js';
import type { Column } from '../../../src/data/table.js';
import { decideTask, targetField } from '../../../src/data/task.js';
import { DatasetRecord } from '../../../src/spec/dataset.js';
import type { FieldType } from '../../../src/spec/field-type.js';
import { createMemoryStore } from '../../../src/storage/memory.js';
import type { Store } from '../../../src/storage/store.js';
import { readBuiltin, textSource } from './files.js';

let store: Store;
let datasets: Datasets;
let first: DatasetRecord;

async function finish<Result>(work: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (let next = await work.next(); ; next = await work.next()) if (next.done) return next.value;
}

const rows = Array.from({ length: 40 }, (_, row) =>
  [1 + (row % 3), row % 7 ? `${row % 7},5` : 'none', 1717142400 + row, `0${row % 4}`, `y${row % 2}`].join(';'),
);
const source = textSource(`grade;price;at;code;kind\n${rows.join('\n')}\n`, 'shop.csv');

beforeEach(async () => {
  store = createMemoryStore();
  datasets = createDatasets({ store, readBuiltin });
  first = await finish(datasets.import(source));
});

const retyped = (types: Record<string, FieldType>): Promise<DatasetRecord> => finish(datasets.retype(first.id, types));

async function columnOf(name: string): Promise<(string | number | null)[]> {
  const { names, columns } = await datasets.preview(first.id, 0, 100);
  const column = columns[names.indexOf(name)] as Exclude<Column, { kind: 'picture' }>;
  if (column.kind === 'number') return [...column.values].map((value) => (Number.isNaN(value) ? null : value));
  return [...column.codes].map((code) => (code < 0 ? null : column.dictionary[code]));
}

test('a number becomes a category: another task is decided, other columns keep all that is known of them', async () => {
  expect(first.fields.map(({ type }) => type)).toEqual(['integer', 'category', 'integer', 'category', 'category']);
  const second = await retyped({ grade: 'category' });
  expect(DatasetRecord.parse(second)).toEqual(second);
  expect(second).toMatchObject({ id: first.id, rows: 40, version: { number: 2, how: 'retyped', from: 'grade: category' } });
  expect(second.fields[0]).toMatchObject({
    type: 'category',
    distinct: 3,
    reason: 'You chose it.',
    top: [{ value: '1', count: 14 }, {}, {}],
  });
  expect(second.fields.slice(1)).toEqual(first.fields.slice(1));
  expect((await columnOf('grade')).slice(0, 4)).toEqual(['1', '2', '3', '1']);
  expect(decideTask(targetField(second.fields, 'grade')).reason).toContain('category');
  expect(await datasets.useVersion(first.id, first.hash)).toMatchObject({ fields: first.fields, hash: first.hash });
  expect((await columnOf('grade')).slice(0, 4)).toEqual([1, 2, 3, 1]);
});

test('texts become numbers, by the decimal comma that they have; what is none is missing, and told', async () => {
  const second = await retyped({ price: 'number', code: 'integer' });
  expect(second.fields[1]).toMatchObject({ type: 'number', missing: 6 });
  expect((await columnOf('price')).slice(0, 3)).toEqual([null, 1.5, 2.5]);
  expect((await columnOf('code')).slice(0, 3)).toEqual([0, 1, 2]);
  expect(second.warnings).toContainEqual(
    expect.objectContaining({
      code: 'mixed-column',
      message: expect.stringContaining('"none"') as string,
      place: expect.objectContaining({ column: 'price' }) as object,
    }),
  );
  expect((await retyped({ price: 'category' })).fields[1].type).toBe('category');
});

test('numbers become times, in the unit that they can only be', async () => {
  const second = await retyped({ at: 'datetime' });
  expect(second.fields[2]).toMatchObject({ type: 'datetime', dates: 'seconds' });
  expect((await columnOf('at'))[0]).toBe(1717142400_000);
});

test('what cannot be is refused, the same changes nothing, and a cancelled one leaves nothing', async () => {
  const codeOf = (types: Record<string, FieldType>) =>
    retyped(types).then(
      () => 'no error',
      (error: { code: string }) => error.code,
    );
  expect(await codeOf({ nothing: 'number' })).toBe('missing-column');
  expect(await codeOf({ grade: 'picture' })).toBe('type-of-pictures');
  expect(await codeOf({ grade: 'colour' as FieldType })).toBe('unknown-type');
  expect(await retyped({ grade: 'integer' })).toEqual(first);
  const before = (await store.usage()).used;
  const work = datasets.retype(first.id, { grade: 'category' });
  await work.next();
  await work.return(undefined as never);
  expect((await store.usage()).used).toBe(before);
  expect((await datasets.get(first.id)).hash).toBe(first.hash);
});

test('cancelled it leaves nothing', async () => {
  const before = (await store.usage()).used;
  const cancel = new AbortController();
  const work = datasets.retype(first.id, { grade: 'category' }, cancel.signal);
  await work.next();
  cancel.abort();
  await expect(finish(work)).rejects.toMatchObject({ code: 'cancelled' });
  expect((await store.usage()).used).toBe(before);
  expect((await datasets.get(first.id)).hash).toBe(first.hash);
});
