import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answer, failure, file, folder } from './command.js';

const lines = (...rows: string[]): string => `${rows.join('\n')}\n`;
const fortyRows = Array.from({ length: 40 }, (_, row) => `${row},${row % 2 ? 'a' : 'b'},3,k`);

test('a file that is no table is refused with 2, naming file and place', async () => {
  const wide = Array.from({ length: 100_000 }, (_, column) => `c${column}`).join(',');
  const cases: [string, string | Uint8Array, string, string[]][] = [
    ['empty.csv', '', 'empty-file', ['empty.csv']],
    ['names-only.csv', 'a,b\n', 'no-rows', ['names-only.csv']],
    ['picture.csv', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0), 'not-a-table', ['picture.csv', 'PNG']],
    ['binary.csv', Uint8Array.from({ length: 4000 }, (_, index) => (index * 37) % 256), 'not-a-table', ['binary.csv']],
    ['ragged.csv', lines('a,b', '1,2', '1,2,3'), 'ragged-row', ['ragged.csv', 'line 3', '3 cells', '2']],
    ['wide.csv', lines(wide, wide), 'too-many-columns', ['wide.csv', '100000', '10000']],
  ];
  for (const [name, content, code, named] of cases) {
    const error = await failure('data', file(name, content));
    expect([name, error.status, error.code]).toEqual([name, 2, code]);
    for (const part of named) expect(error.message).toContain(part);
    expect(error.advice).not.toBe('');
    expect(error.place.file).toBe(name);
  }
  expect(await failure('data', 'no/where.csv')).toMatchObject({ status: 2, code: 'no-such-file', place: { file: 'no/where.csv' } });
  expect(await failure('data', 'builtin:nowhere')).toMatchObject({
    status: 2,
    code: 'unknown-builtin',
    advice: expect.stringContaining('iris'),
  });
});

test('what can be read is read, with a warning that names the place', async () => {
  const cases: [string, string | Uint8Array, string, { names: string[]; missing?: number }][] = [
    ['duplicate.csv', lines('x,y,x', '1,a,2', '2,b,3', '3,a,3'), 'duplicate', { names: ['x', 'y', 'x_2'] }],
    ['infinite.csv', lines('x,y', 'NaN,a', 'Infinity,b', '-inf,a', '4,b', '5,a'), 'infinit', { names: ['x', 'y'], missing: 3 }],
    ['latin.csv', Buffer.from('name,caf\xe9\nx,1\ny,2\n', 'latin1'), 'Windows-1252', { names: ['name', 'café'] }],
  ];
  for (const [name, content, word, { names, missing }] of cases) {
    const { columns, warnings } = await answer('data', file(name, content));
    expect(columns.map((column) => column.name)).toEqual(names);
    if (missing !== undefined) expect(columns[0].missing).toBe(missing);
    expect(warnings.map(({ code, message }) => `${code} ${message}`).join()).toContain(word);
    expect(warnings[0].place).not.toEqual({});
  }
  const utf16 = await answer(
    'data',
    file('utf16.csv', Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from('größe,b\n1,2\n3,4\n', 'utf16le')])),
  );
  expect(utf16.columns.map((column) => column.name)).toEqual(['größe', 'b']);
});

test('a target that cannot be learnt is refused by name, and no folder is left behind', async () => {
  const data = file('targets.csv', lines('x,y,same,one', ...fortyRows));
  const cases: [string[], string, string][] = [
    [['--target', 'nothing'], 'target-missing', 'nothing'],
    [['--target', 'same'], 'target-constant', 'same'],
    [['--target', 'one'], 'one-class', 'one'],
    [['--target', 'y', '--task', 'regression'], 'target-not-numeric', 'y'],
    [[], 'missing-target', '--target'],
  ];
  for (const [options, code, named] of cases) {
    const error = await failure('train', data, ...options, '--out', join(folder, 'refused'));
    expect([options.join(' '), error.status, error.code]).toEqual([options.join(' '), 2, code]);
    expect(`${error.message} ${error.advice}`).toContain(named);
    expect(existsSync(join(folder, 'refused'))).toBe(false);
  }
});

test('a spec file is held to the vocabulary, down to its unknown fields', async () => {
  const spec = (content: unknown): Promise<Awaited<ReturnType<typeof failure>>> =>
    failure(
      'train',
      'builtin:iris',
      '--spec',
      file('spec.json', typeof content === 'string' ? content : JSON.stringify(content)),
      '--out',
      join(folder, 'refused'),
    );
  expect(await spec('{"epochs": ')).toMatchObject({ status: 2, code: 'invalid-json', place: { file: join(folder, 'spec.json') } });
  expect(await spec([])).toMatchObject({ status: 2, code: 'invalid-training-spec' });
  expect(await spec({ epochs: 'ten' })).toMatchObject({ status: 2, code: 'invalid-training-spec', place: { field: 'epochs' } });
  expect(await spec({ epochs: 1e6 })).toMatchObject({
    message: expect.stringContaining('at "epochs": expected a number of at most 100000; 1000000 was given'),
  });
  expect(await spec({ epohcs: 10 })).toMatchObject({ status: 2, code: 'unknown-field', place: { field: 'epohcs' } });
  expect(await spec({ split: { tset: 0.1 } })).toMatchObject({ status: 2, code: 'unknown-field', place: { field: 'split.tset' } });
});

test('layers in a file are refused by the file and the path in it; a file may name its schema', async () => {
  const written = (name: string, layers: object[]) =>
    file(name, JSON.stringify({ $schema: './training-spec.json', target: 'species', layers }));
  const dense = { kind: 'dense', units: 8, activation: 'relu' };
  const cases: [string, object[], string, string, string][] = [
    ['units.json', [dense, { ...dense, units: 0 }], 'invalid-training-spec', 'layers.1.units', 'at least 1'],
    ['kind.json', [{ kind: 'dens' }], 'invalid-training-spec', 'layers.0.kind', '"dens" was given'],
    ['shape.json', [dense, { kind: 'conv2d', filters: 2, kernel: [3, 3], activation: 'relu' }], 'layer-shape', 'layers.1', 'shape [8]'],
  ];
  for (const [name, layers, code, field, told] of cases) {
    const error = await failure('train', 'builtin:iris', '--spec', written(name, layers), '--out', join(folder, 'none'));
    expect(error).toMatchObject({ status: 2, code, place: { field } });
    for (const part of [name, `"${field}"`, told]) expect(error.message).toContain(part);
  }
  expect(existsSync(join(folder, 'none'))).toBe(false);
});
