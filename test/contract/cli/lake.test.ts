/** Parquet on the command line: one file, a folder, a store; parts of them, and writing them out again. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DataAnswer } from '../../../src/cli/answers.js';
import { bucket, type ObjectStore, startObjectStore } from '../data/object-store.js';
import { dataSet } from '../data/parquet-files.js';
import { answer, type Failure, failure, file, folder, runHere } from './command.js';

const { files, flights } = dataSet();
const key = { id: 'AKIDEXAMPLE', secret: 'secret+/=', token: 'token' };
let store: ObjectStore;
let path: string;

beforeAll(async () => {
  path = join(folder, 'flights');
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), bytes);
  }
  writeFileSync(join(path, '_SUCCESS'), '');
  store = await startObjectStore(new Map([...files].map(([name, bytes]) => [`flights/${name}`, bytes])), { key, region: 'eu-west-1' });
  const variables = {
    AWS_ACCESS_KEY_ID: key.id,
    AWS_SECRET_ACCESS_KEY: key.secret,
    AWS_SESSION_TOKEN: key.token,
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL_S3: store.url,
  };
  Object.assign(process.env, variables);
});
afterAll(() => store.close());
beforeEach(() => store.reset());

const data = (...line: string[]): Promise<DataAnswer> => answer('data', ...line);

async function refused(...line: string[]): Promise<Failure> {
  const found = await failure('data', ...line);
  expect(found.status).toBe(2);
  return found;
}

test('a folder of partitions is one table', async () => {
  const whole = await data(path);
  expect(whole).toMatchObject({ name: 'flights', rows: flights.length });
  expect(whole.columns.map(({ name, type }) => [name, type])).toEqual([
    ['day', 'integer'],
    ['delay', 'integer'],
    ['origin', 'category'],
    ['note', 'text'],
    ['year', 'integer'],
    ['carrier', 'category'],
  ]);
  const { status, stdout } = await runHere('data', path);
  expect(status).toBe(0);
  expect(stdout).toMatch(/Read .* of .* in 4 files/);
});

test('a store lets in by the usual variables, and gives only what is needed', async () => {
  const where = "year = 2024 and carrier = 'AA' and day >= 270 and delay > 100";
  const found = await data(`s3://${bucket}/flights`, '--columns', 'day,delay', '--where', where);
  const such = flights.filter(
    ({ year, carrier, day, delay }) => year === 2024 && carrier === 'AA' && day >= 270 && delay !== null && delay > 100,
  );
  expect(found.rows).toBe(such.length);
  expect(found.origin).toMatchObject({ kind: 'lake', lake: { query: { columns: ['day', 'delay'] } } });
  const total = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  expect(found.origin.lake?.bytesRead).toBeLessThan(total / 100);
  // The list, four footers, one row group.
  expect(store.requests).toHaveLength(6);
  expect(JSON.stringify(found)).not.toContain(key.secret);
});

test('a sample is the same for the same seed', async () => {
  const one = join(path, [...files.keys()][0]);
  const first = await data(one, '--sample', '300', '--seed', '3');
  expect(first.rows).toBe(300);
  expect((await data(one, '--sample', '300', '--seed', '3')).hash).toBe(first.hash);
  expect((await data(one, '--sample', '0.1')).rows).toBe(500);
});

test('what was read is written as Parquet, CSV and NDJSON, and read again', async () => {
  const where = ['--where', 'day < 3', '--columns', 'day,delay,origin'];
  const out = join(folder, 'early.parquet');
  const first = await data(path, ...where, '--out', out);
  expect(first).toMatchObject({ out });
  const again = await data(out);
  // Not the hash: chunks of the copy begin where its files do.
  expect([again.rows, again.columns]).toEqual([first.rows, first.columns]);
  const others = (await parquetReadObjects({ file: new Uint8Array(readFileSync(out)).buffer })) as { day: number }[];
  expect(others.map(({ day }) => day)).toEqual(flights.filter(({ day }) => day < 3).map(({ day }) => day));
  for (const name of ['early.csv', 'early.ndjson']) {
    const text = await data(out, '--out', join(folder, name));
    expect((await data(join(folder, name))).rows).toBe(text.rows);
  }
});

test('a model is trained on Parquet', async () => {
  const one = join(path, [...files.keys()][0]);
  const { status, stdout, stderr } = await runHere(
    'train',
    one,
    '--target',
    'origin',
    '--preset',
    'linear',
    '--epochs',
    '1',
    '--out',
    join(folder, 'run'),
    '--json',
  );
  expect(status, stdout + stderr).toBe(0);
  expect((await runHere('predict', join(folder, 'run'), one, '--out', join(folder, 'predictions.csv'))).status).toBe(0);
  expect(readFileSync(join(folder, 'predictions.csv'), 'utf8').split('\n')[0]).toMatch(/^day,delay,origin,note,prediction,probability_/);
});

test('what cannot be used is refused, with what to do', async () => {
  expect(await refused(path, '--where', 'day >')).toMatchObject({ code: 'invalid-where', message: expect.stringContaining('character') });
  expect(await refused(path, '--where', 'process.exit(1)')).toMatchObject({ code: 'invalid-where' });
  expect(await refused(path, '--columns', 'speed')).toMatchObject({ code: 'missing-column', advice: expect.stringContaining('"delay"') });
  expect(await refused('builtin:iris', '--sample', '10')).toMatchObject({ code: 'not-parquet' });
  expect(await refused(path, '--seed', '1')).toMatchObject({ code: 'options-together' });
  expect(await refused(path, '--out', join(folder, 'a.xlsx'))).toMatchObject({ code: 'unknown-format' });
  expect(await refused(`s3://${bucket}/nothing`)).toMatchObject({ code: 'no-files' });
  const whole = [...files.values()][0];
  expect(await refused(file('cut.parquet', whole.subarray(0, 5000)))).toMatchObject({ code: 'not-parquet' });
  const lying = whole.slice();
  new DataView(lying.buffer).setUint32(lying.length - 8, 0xffffffff, true);
  expect(await refused(file('lying.parquet', lying))).toMatchObject({ code: 'damaged-file', place: { file: expect.any(String) } });
});
