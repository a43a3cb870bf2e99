/** Every kind of source by the command line: one table in each form gives the same answer; what is made to do harm is refused with 2. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { answer, failure, file, folder } from './command.js';

const names = ['width', 'height', 'colour'] as const;
const rows = Array.from({ length: 60 }, (_, row) => [row + 0.5, (row * 7) % 11, ['red', 'green', 'blue'][row % 3]] as const);
const objects = rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
const columns = Object.fromEntries(names.map((name, index) => [name, rows.map((row) => row[index])]));
const text = (separator: string, of: readonly (readonly (number | string)[])[] = rows): string =>
  `${[names, ...of].map((row) => row.join(separator)).join('\n')}\n`;
const parquet = (from: number, to: number, of: readonly string[] = names): Uint8Array =>
  new Uint8Array(parquetWriteBuffer({ columnData: of.map((name) => ({ name, data: columns[name].slice(from, to) })) }));
const arrow = (format: 'file' | 'stream'): Uint8Array => tableToIPC(tableFromArrays(columns), { format }) as Uint8Array;
const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);

const tables: [string, string | Uint8Array][] = [
  ['plain.csv', text(',')],
  ['plain.tsv', text('\t')],
  ['comma.csv', text(';').replaceAll('.', ',')],
  ['utf16.csv', Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text(','), 'utf16le')])],
  ['quoted.csv', text(',').replaceAll('red', '"red"').replaceAll('\n', '\r\n')],
  ['objects.json', JSON.stringify(objects)],
  ['columns.json', JSON.stringify(columns)],
  ['arrays.json', JSON.stringify([names, ...rows])],
  ['within.json', JSON.stringify({ total: 60, rows: objects })],
  ['lines.ndjson', objects.map((object) => `${JSON.stringify(object)}\n`).join('')],
  ['table.arrow', arrow('file')],
  ['table.arrows', arrow('stream')],
  ['table.parquet', parquet(0, 60)],
];

async function summary(data: string) {
  const { rows, columns } = await answer('data', data);
  return { rows, columns: columns.map(({ name, type, missing, distinct }) => ({ name, type, missing, distinct })) };
}

const expected = {
  rows: 60,
  columns: [
    { name: 'width', type: 'number', missing: 0, distinct: 60 },
    { name: 'height', type: 'integer', missing: 0, distinct: 11 },
    { name: 'colour', type: 'category', missing: 0, distinct: 3 },
  ],
};
const withFiles = { ...expected, columns: [...expected.columns, { name: 'file', type: 'category', missing: 0, distinct: 2 }] };

describe('one table is the same', () => {
  test.each(tables)('%s, packed as well, and in a zip', async (name, content) => {
    expect(await summary(file(name, content))).toEqual(expected);
    expect(await summary(file(`${name}.gz`, gzipSync(content)))).toEqual(expected);
    const entry = typeof content === 'string' ? bytes(content) : new Uint8Array(content);
    expect(await summary(file(`${name}.zip`, zipSync({ [`set/${name}`]: entry, 'set/readme.txt': bytes('What it is.') })))).toEqual(
      expected,
    );
  });

  test('in two files of a folder or a zip, and one of them by its name', async () => {
    const parts = { 'a.csv': bytes(text(',', rows.slice(0, 20))), 'b.csv': bytes(text(',', rows.slice(20))) };
    mkdirSync(join(folder, 'parts'));
    for (const [name, content] of Object.entries(parts)) file(`parts/${name}`, content);
    expect(await summary(join(folder, 'parts'))).toEqual(withFiles);
    const zipped = file('parts.zip', zipSync(parts));
    expect(await summary(zipped)).toEqual(withFiles);
    expect((await summary(`${zipped}#a.csv`)).rows).toBe(20);
    expect(await failure('data', `${zipped}#c.csv`)).toMatchObject({ status: 2, code: 'no-such-entry' });
  });

  test('in a folder of Parquet, divided by a column or not', async () => {
    mkdirSync(join(folder, 'plain'));
    file('plain/0.parquet', parquet(0, 30));
    file('plain/1.parquet', parquet(30, 60));
    expect(await summary(join(folder, 'plain'))).toEqual(expected);
    for (const height of new Set(columns.height)) {
      mkdirSync(join(folder, `divided/height=${height}`), { recursive: true });
      const of = objects.filter((object) => object.height === height);
      const columnData = (['width', 'colour'] as const).map((name) => ({ name, data: of.map((object) => object[name]) }));
      file(`divided/height=${height}/part.parquet`, new Uint8Array(parquetWriteBuffer({ columnData })));
    }
    const divided = await summary(join(folder, 'divided'));
    expect(divided.rows).toBe(60);
    expect(new Set(divided.columns)).toEqual(new Set(expected.columns));
  });
});

test('a model learns from one form and answers about another', { timeout: 60_000 }, async () => {
  const out = join(folder, 'model');
  const { rows } = await answer(
    'train',
    file('learn.parquet', parquet(0, 60)),
    '--target',
    'colour',
    '--epochs',
    '2',
    '--seed',
    '1',
    '--out',
    out,
  );
  expect(rows.train + rows.validation + rows.test).toBe(60);
  const answers = await Promise.all(
    tables
      .filter(([name]) => /^(plain.csv|comma.csv|lines|objects|table)/.test(name))
      .map(([name, content]) => answer('predict', out, file(name, content))),
  );
  for (const { predictions } of answers) expect(predictions).toEqual(answers[0].predictions);
  expect(await answer('evaluate', out, file('table.arrow', arrow('file')))).toMatchObject({ rows: 60 });
});

test('texts by class, and ratings as GroupLens packs them', async () => {
  const mails = Object.fromEntries(
    ['ham', 'spam'].flatMap((label) =>
      [0, 1, 2, 3].map((number) => [`mails/${label}/${number}.txt`, bytes(`${label} mail, number ${number}`)]),
    ),
  );
  expect(await summary(file('mails.zip', zipSync(mails)))).toMatchObject({
    rows: 8,
    columns: [{ name: 'text', type: 'text' }, { name: 'label', type: 'category', distinct: 2 }, { name: 'file' }],
  });
  const ratings = {
    'ml-latest-small/README.txt': bytes('Summary\n'),
    'ml-latest-small/links.csv': bytes('movieId,imdbId,tmdbId\n1,2,3\n'),
    'ml-latest-small/movies.csv': bytes('movieId,title,genres\n1,"Film, The (1995)",Comedy|Drama\n2,Other (1996),Drama\n'),
    'ml-latest-small/ratings.csv': bytes('userId,movieId,rating,timestamp\n1,1,4.0,964982703\n1,2,4.5,964981247\n2,1,3.0,1445714835\n'),
    'ml-latest-small/tags.csv': bytes('userId,movieId,tag,timestamp\n2,1,funny,1445714994\n'),
  };
  expect(await summary(file('ml-latest-small.zip', zipSync(ratings)))).toMatchObject({
    rows: 3,
    columns: ['userId', 'movieId', 'rating', 'timestamp', 'title', 'genres'].map((name) => ({ name })),
  });
});

describe('refused with 2', () => {
  const zeros = new Uint8Array(2 ** 25);
  const big = bytes(`a,b\n${'1,2\n'.repeat(2 ** 23)}`);
  const half = (content: Uint8Array): Uint8Array => content.subarray(0, content.length / 2);
  const lying = parquet(0, 60);
  new DataView(lying.buffer).setUint32(lying.length - 8, 0x7fffffff, true);
  const chunk = (type: string, data: Uint8Array): Uint8Array => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  };
  const header = Buffer.from('0000c3500000c3500802000000', 'hex');
  const picture = Buffer.concat([
    Buffer.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(zeros)),
    chunk('IEND', new Uint8Array(0)),
  ]);

  const small = new Uint8Array(2 ** 26 + 2 ** 10);
  small.set(picture.subarray(0, 8));
  small.set(Buffer.from('0000000d494844520000000800000008', 'hex'), 8);

  test.each<[string, () => string | Uint8Array, string]>([
    ['gzip-bomb.csv.gz', () => gzipSync(big), 'unpacks-too-large'],
    ['zip-bomb.zip', () => zipSync({ 'a.csv': big }), 'unpacks-too-large'],
    ['picture-bomb.zip', () => zipSync({ 'a/0.png': picture, 'b/0.png': picture }), 'picture-bomb'],
    ['bomb-as-picture.zip', () => zipSync({ 'a/0.png': small, 'b/0.png': small }), 'unpacks-too-large'],
    ['upwards.zip', () => zipSync({ '../../evil.csv': bytes(text(',')) }), 'unsafe-path'],
    ['root.zip', () => zipSync({ '/etc/evil.csv': bytes(text(',')) }), 'unsafe-path'],
    ['lying.parquet', () => lying, 'damaged-file'],
    ['half.parquet', () => half(parquet(0, 60)), 'not-parquet'],
    ['half.arrow', () => half(arrow('file')), 'damaged-file'],
    ['half.zip', () => half(zipSync({ 'a.csv': bytes(text(',')) })), 'damaged-file'],
    ['half.csv.gz', () => half(gzipSync(text(','))), 'damaged-file'],
    ['half.json', () => JSON.stringify(objects).slice(0, 500), 'damaged-json'],
    ['empty.zip', () => zipSync({}), 'nothing-to-read'],
    ['within.zip', () => zipSync({ 'inner.zip': zipSync({ 'a.csv': bytes(text(',')) }) }), 'nothing-to-read'],
    ['deep.json', () => '['.repeat(100_000), 'too-deep'],
    ['wide.json', () => `[{${Array.from({ length: 100_000 }, (_, column) => `"c${column}":1`).join(',')}}]`, 'too-many-columns'],
    ['cell.csv', () => `a,b\n1,${'x'.repeat(10_000_000)}\n`, 'record-too-long'],
    ['cell.json', () => `[{"a":"${'x'.repeat(10_000_000)}"}]`, 'cell-too-long'],
    ['line.csv', () => 'x'.repeat(40_000_000), 'record-too-long'],
  ])('%s', async (name, content, code) => {
    const error = await failure('data', file(name, content()));
    expect([error.status, error.code]).toEqual([2, code]);
    expect(error.advice).not.toBe('');
  });

  test('names that objects inherit are names like others', async () => {
    const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const content = `${inherited.join(',')}\n${rows.map(([width, height, colour]) => `${width},${height},${colour},x`).join('\n')}\n`;
    const { columns } = await answer('data', file('inherited.csv', content));
    expect(columns.map(({ name }) => name)).toEqual(inherited);
    const json = `[${rows.map(([width]) => `{"__proto__":${width},"constructor":{"prototype":1}}`).join(',')}]`;
    expect((await answer('data', file('inherited.json', json))).columns[0]).toMatchObject({ name: '__proto__', distinct: 60 });
    expect(({} as Record<string, unknown>).prototype).toBeUndefined();
  });
});
