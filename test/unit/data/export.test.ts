/** A dataset written out and read again: by ourselves, and by hyparquet and papaparse, which are not ours. */
import { parquetReadObjects } from 'hyparquet';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { createDatasets } from '../../../src/data/catalogue.js';
import type { Datasets, ExportFormat } from '../../../src/data/datasets.js';
import { createMemoryStore } from '../../../src/storage/memory.js';
import { readBuiltin, textSource } from './files.js';
import { footerOf, readAll } from './parquet/golden.js';

const datasets = (): Datasets => createDatasets({ store: createMemoryStore(), readBuiltin });

async function imported(of: Datasets, csv: string) {
  const reading = of.import(textSource(csv));
  for (let next = await reading.next(); ; next = await reading.next()) if (next.done) return next.value;
}

async function exported(of: Datasets, id: string, format: ExportFormat): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const { bytes } of of.export(id, format)) pieces.push(bytes as Uint8Array<ArrayBuffer>);
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

const rows = 4000;
const lines = Array.from({ length: rows }, (_, row) =>
  [
    row % 11 === 3 ? '' : row * 7 - 300,
    row * 3_000_000_000,
    row % 13 === 5 ? '' : row / 7,
    row % 5 === 0 ? 'true' : 'false',
    `2024-02-${String((row % 28) + 1).padStart(2, '0')}T08:00:00.${String(row % 1000).padStart(3, '0')}Z`,
    row % 17 === 9 ? '' : `"Gr\u00f6\u00dfe, ${row % 300}"`,
  ].join(','),
);
const table = `whole,large,real,"yes, or no",time,text\n${lines.join('\n')}\n`;

test('as Parquet it is read back as it was, by us and by hyparquet', async () => {
  const of = datasets();
  const record = await imported(of, table);
  const bytes = await exported(of, record.id, 'parquet');
  const before = await of.preview(record.id, 0, rows);
  const cells = await readAll(bytes);
  const others = (await parquetReadObjects({ file: bytes.buffer })) as Record<string, unknown>[];
  expect([...cells.keys()]).toEqual(before.names);
  expect(others).toHaveLength(rows);
  before.columns.forEach((column, index) => {
    const name = before.names[index];
    const wanted =
      column.kind === 'number'
        ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
        : column.kind === 'text'
          ? Array.from(column.codes, (code) => (code < 0 ? null : column.dictionary[code]))
          : [];
    expect(cells.get(name), name).toEqual(wanted);
    const theirs = others.map((row) => {
      const value = row[name];
      if (value instanceof Date) return value.getTime();
      return typeof value === 'bigint' ? Number(value) : typeof value === 'boolean' ? String(value) : (value ?? null);
    });
    expect(theirs, name).toEqual(wanted);
  });
  const footer = await footerOf(bytes);
  expect(footer.columns.map(({ leaves: [leaf] }) => footer.leaves[leaf].reading.words)).toEqual([
    '32-bit integer',
    '64-bit integer',
    '64-bit number',
    'boolean',
    'timestamp, microseconds',
    'text',
  ]);
  expect(footer.groups[0].chunks[0].statistics).toEqual({
    minimum: -300,
    maximum: (rows - 1) * 7 - 300,
    nulls: lines.filter((line) => line.startsWith(',')).length,
  });
});

test('as CSV it gives the same dataset again, and no cell is a formula', async () => {
  const of = datasets();
  const record = await imported(of, table);
  const csv = new TextDecoder().decode(await exported(of, record.id, 'csv'));
  const again = await imported(of, csv);
  expect(again.hash).toBe(record.hash);
  expect(again.fields).toEqual(record.fields);

  const risky = ['=1+1', '+SUM(A1)', '-cmd', '@x', '=HYPERLINK("http://x")', 'plain', 'a=b', '-5'];
  const hostile = await imported(of, `text,size\n${risky.map((text, row) => `"${text.replaceAll('"', '""')}",-${row + 1}`).join('\n')}\n`);
  const written = new TextDecoder().decode(await exported(of, hostile.id, 'csv'));
  const { data } = Papa.parse<[string, string]>(written, { skipEmptyLines: true });
  expect(data.slice(1).map(([text]) => text)).toEqual([
    "'=1+1",
    "'+SUM(A1)",
    "'-cmd",
    "'@x",
    '\'=HYPERLINK("http://x")',
    'plain',
    'a=b',
    '-5',
  ]);
  expect(data.slice(1).map(([, number]) => number)).toEqual(['-1', '-2', '-3', '-4', '-5', '-6', '-7', '-8']);
});

test('as NDJSON every line is an object, whatever its columns are called', async () => {
  const of = datasets();
  const record = await imported(of, '__proto__,"a ""b""",ok,day\n1,x,true,2024-05-31\n2,,false,\n3,y,true,2024-06-01\n');
  const texts = new TextDecoder()
    .decode(await exported(of, record.id, 'ndjson'))
    .trimEnd()
    .split('\n');
  expect(texts).toEqual([
    '{"__proto__":1,"a \\"b\\"":"x","ok":true,"day":"2024-05-31T00:00:00.000Z"}',
    '{"__proto__":2,"a \\"b\\"":null,"ok":false,"day":null}',
    '{"__proto__":3,"a \\"b\\"":"y","ok":true,"day":"2024-06-01T00:00:00.000Z"}',
  ]);
});

test('pictures and unknown forms are refused', async () => {
  const of = datasets();
  const record = await imported(of, 'a,b\n1,2\n');
  await expect(exported(of, record.id, 'xls' as 'csv')).rejects.toMatchObject({
    code: 'unknown-format',
    advice: expect.stringContaining('parquet'),
  });
});
