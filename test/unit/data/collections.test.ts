/** What folders and archives hold together: ratings of films, tables of equal columns, texts by class, one of several. */
import { gzipSync } from 'node:zlib';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import { createDatasets } from '../../../src/data/catalogue.js';
import { openRows } from '../../../src/data/open-rows.js';
import type { Source } from '../../../src/data/source.js';
import { loadDecoder } from '../../../src/host/node/decoder.js';
import { createMemoryStore } from '../../../src/storage/memory.js';
import { readBuiltin } from './files.js';

const bytes = (text: string) => new TextEncoder().encode(text);

async function zip(files: Record<string, string | Uint8Array<ArrayBuffer>>, entry?: string): Promise<Source> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const [path, content] of Object.entries(files)) {
    await writer.add(path, new Uint8ArrayReader(typeof content === 'string' ? bytes(content) : content));
  }
  const whole = (await writer.close()) as Uint8Array<ArrayBuffer>;
  return { kind: 'file', name: 'set.zip', file: new Blob([whole]), ...(entry === undefined ? {} : { entry }) };
}

const folder = (files: Record<string, string | Uint8Array<ArrayBuffer>>): Source => ({
  kind: 'pictures',
  name: 'set',
  files: Object.entries(files).map(([path, content]) => ({ path, file: new Blob([content]) })),
});

async function imported(source: Source) {
  const datasets = createDatasets({ store: createMemoryStore(), readBuiltin, loadDecoder });
  const reading = datasets.import(source);
  let next = await reading.next();
  while (!next.done) next = await reading.next();
  const record = next.value;
  const table = await datasets.preview(record.id, 0, 100);
  const columns = table.names.map((name, index) => {
    const column = table.columns[index];
    if (column.kind === 'number') return [name, [...column.values]];
    return [name, column.kind === 'text' ? [...column.codes].map((code) => (code < 0 ? null : column.dictionary[code])) : []];
  });
  return { record, columns: Object.fromEntries(columns) as Record<string, unknown[]>, types: record.fields.map(({ type }) => type) };
}

const failureOf = async (source: Source): Promise<InputError> => {
  const error = await imported(source).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
};

const ratings = 'userId,movieId,rating,timestamp\n1,1,4.0,964982703\n1,2,4.5,964981247\n2,1,3.0,1445714835\n2,9,1.0,1445714835\n';
const movies = 'movieId,title,genres\n1,Toy Tale (1995),Adventure|Comedy\n2,"Long Night, The (1996)",Drama\n';
const shipped = {
  'ml-latest-small/README.txt': 'Summary\n=======',
  'ml-latest-small/links.csv': 'movieId,imdbId,tmdbId\n1,0114709,862\n',
  'ml-latest-small/movies.csv': movies,
  'ml-latest-small/ratings.csv': ratings,
  'ml-latest-small/tags.csv': 'userId,movieId,tag,timestamp\n2,1,funny,1445714994\n',
};

describe('ratings as GroupLens ships them', () => {
  it('open as one table, each rating with its film', async () => {
    const { columns, types, record } = await imported(await zip(shipped));
    expect(columns).toEqual({
      userId: [1, 1, 2, 2],
      movieId: [1, 2, 1, 9],
      rating: [4, 4.5, 3, 1],
      timestamp: [964982703000, 964981247000, 1445714835000, 1445714835000],
      title: ['Toy Tale (1995)', 'Long Night, The (1996)', 'Toy Tale (1995)', null],
      genres: ['Adventure|Comedy', 'Drama', 'Adventure|Comedy', null],
    });
    expect(types[3]).toBe('datetime');
    expect(record.warnings.map(({ code }) => code)).toContain('unknown-films');
  });

  it('open alone as well, and one of the others by its name', async () => {
    const alone = await imported({ kind: 'text', name: 'ratings.csv', text: ratings });
    expect(alone.columns.timestamp[0]).toBe(964982703000);
    expect((await imported(await zip(shipped, 'tags.csv'))).columns.tag).toEqual(['funny']);
    expect((await failureOf(await zip(shipped, 'none.csv'))).code).toBe('no-such-entry');
  });

  it('are answered about with the schema that a model knows', async () => {
    const source = await zip(shipped);
    const { record } = await imported(source);
    const rows = await openRows(source, record.fields, { readBuiltin, loadDecoder });
    for await (const { table, cells } of rows.batches) {
      expect(table.columns[3]).toMatchObject({
        kind: 'number',
        values: Float64Array.of(964982703000, 964981247000, 1445714835000, 1445714835000),
      });
      expect(cells[1]).toEqual(['1', '2', '4.5', '2000-07-30T18:20:47.000Z', 'Long Night, The (1996)', 'Drama']);
    }
    await rows.close();
  });
});

describe('several tables', () => {
  it('of a zip are told, and one is chosen by its path', async () => {
    const files = { 'in/a.csv': 'x\n1\n', 'in/b.json': '[{"y":2}]' };
    const error = await failureOf(await zip(files));
    expect(error).toMatchObject({ code: 'several-tables', message: expect.stringContaining('"in/a.csv", "in/b.json"') as string });
    expect(error.advice).toContain('set.zip#in/a.csv');
    expect(error.place.entries).toBe('in/a.csv\nin/b.json');
    expect((await imported(await zip(files, 'in/b.json'))).columns).toEqual({ y: [2] });
  });

  it('are one where their columns are equal, in whatever order, packed or not', async () => {
    const files = { 'a.csv': 'x,y\n1,a\n2,b\n', 'deep/b.csv': 'y;x\nc;3\n', 'c.csv.gz': Uint8Array.from(gzipSync('x,y\n4,d\n')) };
    for (const source of [folder(files), await zip(files)]) {
      const { columns } = await imported(source);
      expect(columns).toEqual({ x: [1, 2, 4, 3], y: ['a', 'b', 'd', 'c'], file: ['a.csv', 'a.csv', 'c.csv.gz', 'deep/b.csv'] });
    }
  });

  it('of unequal columns are refused, naming file and column', async () => {
    expect(await failureOf(folder({ 'a.csv': 'x,y\n1,a\n', 'b.csv': 'x,z\n1,a\n' }))).toMatchObject({
      code: 'unequal-columns',
      message: 'b.csv has no column "y", which a.csv has.',
      place: { file: 'b.csv', column: 'y' },
    });
  });
});

describe('texts', () => {
  it('of a folder have the class of theirs, and the part above', async () => {
    const files = { 'mails/train/ham/1.txt': 'hello,\nyou', 'mails/train/spam/1.txt': 'NA', 'mails/test/ham/2.txt': 'caf\u00e9' };
    for (const source of [folder(files), await zip(files)]) {
      const { columns, types } = await imported(source);
      expect(columns.label).toEqual(['ham', 'ham', 'spam']);
      expect(columns.part).toEqual(['test', 'training', 'training']);
      expect(columns.text.slice(0, 2)).toEqual(['café', 'hello,\nyou']);
      expect(types[0]).toBe('text');
    }
  });

  it('are told by what is in them where their names say nothing, as mails are kept; what is none is left out, and told', async () => {
    const mail = (words: string) => `From someone@example.org  Fri Jun 29 01:52:28 2001\nSubject: ${words}\n\n${words}\n`;
    const mails = Array.from({ length: 24 }, (_, index) => [`mails/${index % 2 ? 'spam' : 'ham'}/${index}.7c53336b`, mail(`n ${index}`)]);
    const files = { ...(Object.fromEntries(mails) as Record<string, string>), 'mails/ham/cmds': '\u0000\u0001' };
    for (const source of [folder(files), await zip(files)]) {
      const { columns, record } = await imported(source);
      expect(columns.label.filter((each) => each === 'spam')).toHaveLength(12);
      expect(columns.text[0]).toBe(mail('n 0').trim());
      expect(record.suggestedTarget).toBe('label');
      expect(record.warnings.map(({ code }) => code)).toContain('files-skipped');
    }
    const mixed = Object.fromEntries(mails.map(([path, text], index) => [path, index % 3 ? text : '\u0000\u0001']));
    expect((await failureOf(folder(mixed))).code).toBe('nothing-to-read');
  });

  it('of which one cannot be read are the others, and that is told', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 24 }, (_, index) => [`mails/${index % 2 ? 'spam' : 'ham'}/${index}.7c53`, `mail ${index}`]),
    );
    const source = folder(files) as Extract<Source, { kind: 'pictures' }>;
    const gone: Blob = Object.assign(new Blob(['mail']), {
      slice: () => gone,
      stream: () => new ReadableStream({ start: (controller) => controller.error(new DOMException('It is gone.', 'NotFoundError')) }),
    });
    const { columns, record } = await imported({ ...source, files: [...source.files, { path: 'mails/ham/gone', file: gone }] });
    expect(columns.text).toHaveLength(24);
    const { message } = record.warnings.find(({ code }) => code === 'files-skipped') ?? { message: '' };
    expect(message).toMatch(/^1 files .* cannot be read/);
  });

  it('keep the parts that they came in; a table does where a column says them', async () => {
    const files = { 'train/ham/1.txt': 'a', 'train/spam/1.txt': 'b', 'test/ham/2.txt': 'c' };
    expect((await imported(folder(files))).record).toMatchObject({ suggestedSplit: 'part', suggestedTarget: 'label' });
    const table = (name: string, parts: string) =>
      imported({ kind: 'text', name: 't.csv', text: `x,${name}\n${parts.replace(/\w+/g, '1,$&')}\n` });
    expect((await table('split', 'train\ntrain\ntest\ntest')).record.suggestedSplit).toBe('split');
    expect((await table('split', 'train\ntrain\nother\nother')).record.suggestedSplit).toBeUndefined();
    expect((await table('answer', 'train\ntrain\ntest\ntest')).record.suggestedSplit).toBeUndefined();
  });

  it('of one file are its lines, unless a delimiter divides them', async () => {
    const lines = await imported({ kind: 'text', name: 'reviews.txt', text: 'First, a text.\n\nAnother; with more, of it.\r\n' });
    expect(lines.columns).toEqual({ text: ['First, a text.', 'Another; with more, of it.'] });
    const table = await imported({ kind: 'text', name: 'table.txt', text: 'a\tb\n1\tx\n2\ty\n' });
    expect(table.columns).toEqual({ a: [1, 2], b: ['x', 'y'] });
  });

  it('that are none are refused', async () => {
    expect((await failureOf(folder({ 'a/1.txt': 'x', 'b/2.txt': Uint8Array.of(1, 0, 0, 2, 0, 7, 0, 0, 9) }))).code).toBe('not-a-text');
  });
});
