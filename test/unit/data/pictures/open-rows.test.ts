/** What a model answers about: pictures for one of pictures, tables for one of tables, and neither for the other. */
import { expect, test } from 'vitest';
import { type OpenRows, openRows, type RowsBatch } from '../../../../src/data/open-rows.js';
import { decodePicture } from '../../../../src/data/pictures/decode.js';
import { resizePicture } from '../../../../src/data/pictures/resize.js';
import type { Source } from '../../../../src/data/source.js';
import { loadDecoder } from '../../../../src/host/node/decoder.js';
import type { Field } from '../../../../src/spec/field.js';
import { readBuiltin, textSource } from '../files.js';
import { failureOf, folder, golden, zip } from './golden.js';

const size = { height: 5, width: 7, channels: 1 } as const;
const known = { missing: 0, distinct: 2, reason: 'It was told.' };
const picture: Field = { name: 'picture', type: 'picture', picture: size, ...known };
const label: Field = { name: 'label', type: 'category', ...known };
const number: Field = { name: 'size', type: 'number', ...known };

const open = (source: Source, fields: readonly Field[]): Promise<OpenRows> => openRows(source, fields, { readBuiltin, loadDecoder });

async function all(rows: OpenRows): Promise<{ cells: (readonly string[])[]; batches: RowsBatch[] }> {
  const batches: RowsBatch[] = [];
  for await (const batch of rows.batches) batches.push(batch);
  await rows.close();
  return { cells: batches.flatMap(({ cells }) => [...cells]), batches };
}

const pixelsOf = async (name: string): Promise<Uint8Array> => resizePicture(await decodePicture(golden(name), name, loadDecoder), size);

test('a folder without classes is read at the size of the model, each row by its path', async () => {
  const rows = await open(folder({ 'b.jpg': golden('colour.jpeg'), 'a.png': golden('grey.png') }), [picture]);
  expect(rows.names).toEqual(['file']);
  const { cells, batches } = await all(rows);
  expect(cells).toEqual([['a.png'], ['b.jpg']]);
  expect(batches[0].table.columns).toEqual([
    { kind: 'picture', size, pixels: Uint8Array.from([...(await pixelsOf('grey.png')), ...(await pixelsOf('colour.jpeg'))]) },
  ]);
});

test('a zip with classes has them as a column', async () => {
  const rows = await open(zip(golden('small.zip')), [label, picture]);
  expect(rows.names).toEqual(['file', 'label']);
  const { cells, batches } = await all(rows);
  expect(cells[3]).toEqual(['horses/1.png', 'horses']);
  expect(batches[0].table).toMatchObject({ rows: 4, names: ['label', 'picture'], columns: [{ dictionary: ['cats', 'horses'] }, { size }] });
});

test('one picture is one row', async () => {
  const rows = await open({ kind: 'file', name: 'tom.webp', file: new Blob([golden('lossy.webp')]) }, [picture]);
  expect((await all(rows)).cells).toEqual([['tom.webp']]);
});

test('the built-in pictures come by their number, with class and part', async () => {
  const rows = await open({ kind: 'builtin', name: 'fashion-mnist' }, [picture, label]);
  expect(rows.names).toEqual(['row', 'label', 'part']);
  const batches = rows.batches[Symbol.asyncIterator]();
  const [first, second] = [(await batches.next()).value as RowsBatch, (await batches.next()).value as RowsBatch];
  expect(first.cells.slice(0, 2)).toEqual([
    ['1', 'Ankle boot', 'training'],
    ['2', 'T-shirt/top', 'training'],
  ]);
  expect(second.cells[0][0]).toBe(String(first.cells.length + 1));
  expect(second.bytes).toBeGreaterThan(first.bytes);
});

test('pictures without classes cannot be measured', async () => {
  expect(await failureOf(open(folder({ 'a.png': golden('grey.png') }), [picture, label]))).toMatchObject({
    code: 'missing-column',
    place: { column: 'label' },
  });
});

test('a table for a model of pictures, and pictures for a model of tables, are refused in words', async () => {
  expect(await failureOf(open(textSource('size\n1\n'), [picture]))).toMatchObject({
    code: 'pictures-needed',
    advice: expect.stringContaining('zip') as string,
  });
  const pictures: Source[] = [
    zip(golden('small.zip')),
    folder({ 'cats/a.png': golden('grey.png') }),
    { kind: 'builtin', name: 'fashion-mnist' },
    { kind: 'file', name: 'a.png', file: new Blob([golden('grey.png')]) },
  ];
  for (const source of pictures) {
    expect(await failureOf(open(source, [number]))).toMatchObject({
      code: 'pictures-for-table',
      advice: expect.stringContaining('CSV') as string,
    });
  }
});

test('a cut-off picture by itself is refused by name', async () => {
  const cut: Source = { kind: 'file', name: 'tom.png', file: new Blob([golden('grey.png').slice(0, 20)]) };
  expect(await failureOf(open(cut, [picture]).then(all))).toMatchObject({ message: expect.stringContaining('tom.png') as string });
});
