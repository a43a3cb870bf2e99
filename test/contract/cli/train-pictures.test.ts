/** A folder of pictures through the command line: learnt from, answered about, measured. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { png } from '../png.js';
import { type PictureInFolder, stripedFolder } from '../stripes.js';
import { accuracy, answer, failure, file, folder, runHere } from './command.js';

/** Writes the pictures and answers the folder's path. */
function written(name: string, pictures: readonly PictureInFolder[]): string {
  const path = join(folder, name);
  for (const { path: below, picture } of pictures) {
    mkdirSync(dirname(join(path, below)), { recursive: true });
    writeFileSync(join(path, below), png(picture));
  }
  return path;
}

const quick = ['--epochs', '25', '--device', 'wasm'];
const spec = file('fast.json', JSON.stringify({ learningRate: 0.01, optimizer: 'rmsprop', l2: 0.0001 }));

test('train, predict and evaluate take a folder of pictures; the class is known without --target', { timeout: 60_000 }, async () => {
  const data = written('stripes', stripedFolder(40));
  const model = join(folder, 'stripes-model');
  const trained = await answer('train', data, '--spec', spec, '--out', model, ...quick);
  expect(trained).toMatchObject({ target: 'label', preset: 'cnn', rows: { train: 68, validation: 12, test: 20 } });
  expect(accuracy(trained.metrics.test)).toBe(1);
  expect(await answer('train', data, '--spec', spec, '--out', model, ...quick, '--resume')).toEqual(trained);
  const { seconds: _, model: __, ...figures } = await answer('train', data, '--spec', spec, '--out', join(folder, 'again'), ...quick);
  expect(trained).toMatchObject(figures);

  const unseen = written('unseen', [stripedFolder(2)[0], stripedFolder(2)[3]]);
  const { stdout } = await runHere('predict', model, unseen);
  const [head, ...lines] = stdout.trim().split(/\r?\n/);
  expect(head).toBe('file,label,part,prediction,probability_across,probability_down');
  expect(lines.map((line) => line.split(',').slice(0, 4))).toEqual([
    ['train/across/0000.png', 'across', 'training', 'across'],
    ['train/down/0000.png', 'down', 'training', 'down'],
  ]);
  const one = await answer('predict', model, join(unseen, 'train/down/0000.png'));
  expect(one.predictions).toMatchObject([{ prediction: 'down' }]);

  const report = await answer('evaluate', model, data, '--group', 'part');
  expect(report).toMatchObject({
    rows: 100,
    metrics: { accuracy: 1 },
    groups: [
      { group: 'test', rows: 20 },
      { group: 'training', rows: 80 },
    ],
  });
});

test('shares go before the parts that the pictures came in; pictures to test on take the size of the others', {
  timeout: 60_000,
}, async () => {
  const data = join(folder, 'stripes');
  const shared = await answer('train', data, '--split', '0.5', '--out', join(folder, 'shared'), ...quick);
  expect(shared.rows.test).toBe(50);
  const larger = written('larger', stripedFolder(8, 16));
  const tested = await answer('train', data, '--test', larger, '--spec', spec, '--out', join(folder, 'tested'), ...quick);
  expect(tested.rows).toEqual({ train: 85, validation: 15, test: 20 });
});

test('what does not go together is refused', { timeout: 60_000 }, async () => {
  const model = join(folder, 'stripes-model');
  expect(await failure('train', 'builtin:iris', '--preset', 'cnn', '--out', join(folder, 'none'))).toMatchObject({
    status: 2,
    code: 'preset-needs-pictures',
    place: { field: 'preset' },
  });
  expect(await failure('predict', model, 'builtin:iris')).toMatchObject({ status: 2, code: 'pictures-needed' });
  const byFile = file('parts.json', '{"split":{"parts":"file"}}');
  expect(await failure('train', join(folder, 'stripes'), '--spec', byFile, '--out', join(folder, 'none'))).toMatchObject({
    status: 2,
    code: 'unknown-part',
    place: { column: 'file', row: 1 },
  });
});
