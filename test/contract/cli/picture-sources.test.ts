/** Where the command line finds pictures: a folder and a zip of it are the same; what holds none is refused. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { beforeAll, expect, test } from 'vitest';
import { png } from '../png.js';
import { stripedFolder } from '../stripes.js';
import { accuracy, answer, failure, file, folder, runHere } from './command.js';

const pictures = stripedFolder(16).map(({ path, picture }) => ({ path, bytes: png(picture) }));
const [loose, model] = [join(folder, 'stripes'), join(folder, 'model')];
let zipped: string;

beforeAll(async () => {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const { path, bytes } of pictures) {
    mkdirSync(dirname(join(loose, path)), { recursive: true });
    writeFileSync(join(loose, path), bytes);
    await writer.add(`stripes/${path}`, new Uint8ArrayReader(bytes));
  }
  zipped = file('stripes.zip', await writer.close());
});

test('data tells of a folder and of its zip the same, and what it is', async () => {
  const [one, other] = [await answer('data', loose), await answer('data', zipped)];
  expect(one).toMatchObject({
    rows: 40,
    suggestedTarget: 'label',
    warnings: [],
    columns: [{ name: 'picture', type: 'picture' }, {}, {}, {}],
  });
  expect(one.columns[0].picture).toEqual({ height: 8, width: 8, channels: 1 });
  expect(one.columns.map(({ name }) => name)).toEqual(['picture', 'label', 'part', 'file']);
  expect(other).toMatchObject({ rows: 40, columns: one.columns, hash: one.hash });
  const shown = await runHere('data', loose);
  expect(shown).toMatchObject({ status: 0, stderr: expect.any(String) });
  expect(shown.stdout).toContain('8 × 8');
});

test('a zip is learnt from, answered about and measured as its folder is', { timeout: 60_000 }, async () => {
  const trained = await answer('train', zipped, '--epochs', '1', '--device', 'wasm', '--out', model);
  expect(trained).toMatchObject({ target: 'label', epochs: 1, rows: { test: 8 } });
  const again = await answer('train', loose, '--epochs', '1', '--device', 'wasm', '--out', join(folder, 'again'));
  expect(again.metrics).toEqual(trained.metrics);

  const answers = await answer('predict', model, zipped);
  expect(answers).toMatchObject({ rows: 40, columns: ['prediction', 'probability_across', 'probability_down'] });
  expect(await answer('predict', model, loose)).toEqual(answers);
  const right = answers.predictions.filter(({ prediction }, row) => readPaths()[row].includes(`/${prediction}/`)).length;

  const measured = await answer('evaluate', model, zipped);
  expect(accuracy(measured.metrics)).toBeCloseTo(right / 40, 12);
  expect((await answer('evaluate', model, loose)).metrics).toEqual(measured.metrics);
});

/** In the order in which pictures are read. */
const readPaths = (): string[] => pictures.map(({ path }) => path).sort();

test('what holds no picture, or pictures without a class, ends with 2 and says what to give', async () => {
  const bare = join(folder, 'bare');
  mkdirSync(join(bare, 'notes'), { recursive: true });
  const none = {
    status: 2,
    code: 'nothing-to-read',
    advice: expect.stringContaining('PNG, JPEG, WebP') as string,
    place: { file: 'bare' },
  };
  expect(await failure('data', bare)).toMatchObject(none);
  file('bare/notes/a.md', 'nothing to see');
  expect(await failure('train', bare, '--out', join(folder, 'none'))).toMatchObject(none);
  expect(await runHere('data', bare)).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^benchwright: bare holds nothing/),
  });

  file('bare/a.png', pictures[0].bytes);
  expect(await failure('train', bare, '--out', join(folder, 'none'))).toMatchObject({ status: 2, code: 'no-classes' });
  const cut = file('cut.zip', readFileSync(zipped).subarray(0, 400));
  expect(await failure('data', cut)).toMatchObject({ status: 2, code: 'damaged-file', place: { file: 'cut.zip' } });
  const locked = fileURLToPath(new URL('../../golden/pictures/locked.zip', import.meta.url));
  expect(await failure('data', locked)).toMatchObject({ status: 2, code: 'zip-encrypted' });
});
