/** Texts through the command line, with no options but the target: folders by class, mails without endings, tables with a column of text. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type Letter, letters } from '../texts.js';
import { accuracy, answer, failure, file, folder, runHere } from './command.js';

const wasm = ['--device', 'wasm'];

/** Writes a file for each letter into a folder for each kind, and answers the folder's path. */
function written(name: string, all: readonly Letter[], ending: string): string {
  const path = join(folder, name);
  for (const [index, { kind, text }] of all.entries()) {
    const below = join(path, kind, `${String(index).padStart(4, '0')}${ending}`);
    mkdirSync(dirname(below), { recursive: true });
    writeFileSync(below, text);
  }
  return path;
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const table = (all: readonly Letter[]): string =>
  `pages,message,kind\n${all.map(({ pages, text, kind }) => `${pages},${quoted(text)},${kind}`).join('\n')}\n`;

test('a folder of texts, one folder for each class, is learnt by its words, and why is told', { timeout: 60_000 }, async () => {
  const data = written('letters', letters(60, 1), '.txt');
  const model = join(folder, 'letters-model');
  const trained = await answer('train', data, '--target', 'label', ...wasm, '--out', model);
  expect(trained).toMatchObject({ task: 'classification', target: 'label', rows: { train: 117, validation: 27, test: 36 } });
  expect(accuracy(trained.metrics.test)).toBeGreaterThan(0.9);
  expect(trained.learnt.columns).toEqual([
    { column: 'text', step: 'words', inputs: trained.learnt.inputs, reason: expect.stringContaining('TF-IDF') as string },
  ]);
  expect(trained.learnt.ignored).toEqual([{ column: 'file', reason: 'It names rows and says nothing about them.' }]);

  // Answered about and measured: others in a folder, and the same as a table that has the column.
  const unseen = letters(20, 2);
  const others = written('unseen', unseen, '.txt');
  // Some letters say as much of another kind as of their own.
  expect(accuracy((await answer('evaluate', model, others)).metrics)).toBeGreaterThan(0.85);
  const inFolder = await answer('predict', model, others);
  const inTable = await answer(
    'predict',
    model,
    file(
      'unseen.csv',
      `text\n${byPath(unseen)
        .map(({ text }) => quoted(text))
        .join('\n')}\n`,
    ),
  );
  expect(inTable.predictions).toEqual(inFolder.predictions);
  const { stdout } = await runHere('train', data, '--epochs', '1', ...wasm, '--out', join(folder, 'told'));
  expect(stdout).toMatch(/Learnt from 1 column as \d+ inputs:\n {2}text +\d+ inputs +words\. Its words are what there is to learn from/);
});

/** In the order in which a folder's files are read. */
const byPath = (all: readonly Letter[]): Letter[] =>
  all
    .map((letter, index) => ({ ...letter, path: `${letter.kind}/${String(index).padStart(4, '0')}` }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));

test('mails whose names have no ending, in folders by part and class, keep their parts', { timeout: 60_000 }, async () => {
  const mails = join(folder, 'mails');
  const asMail = (letter: Letter): Letter => ({
    ...letter,
    text: `From a@example.org  Fri Jun 29 01:52:28 2001\nSubject: about it\n\n${letter.text}\n`,
  });
  written('mails/train', letters(40, 3).map(asMail), '.7c53336b37003a92');
  written('mails/test', letters(15, 4).map(asMail), '.7c53336b37003a92');
  const trained = await answer('train', mails, '--target', 'label', ...wasm, '--out', join(folder, 'mails-model'));
  expect(trained.rows).toEqual({ train: 102, validation: 18, test: 45 });
  expect(accuracy(trained.metrics.test)).toBeGreaterThan(0.9);
});

test('a column of text beside others is learnt by the words that tell; a text that tells nothing is left out', {
  timeout: 60_000,
}, async () => {
  const all = letters(60, 5);
  const telling = await answer('train', file('telling.csv', table(all)), '--target', 'kind', ...wasm, '--out', join(folder, 'telling'));
  expect(accuracy(telling.metrics.test)).toBeGreaterThan(0.9);
  const [pages, message] = telling.learnt.columns;
  expect([pages.column, message.column, message.step]).toEqual(['pages', 'message', 'words']);
  expect(message.inputs).toBeLessThan(100);

  const parity = all.map((letter, index) => ({ ...letter, kind: (letter.pages + (index % 7 === 0 ? 1 : 0)) % 2 ? 'odd' : 'even' }));
  const mute = await answer(
    'train',
    file('mute.csv', table(parity)),
    '--target',
    'kind',
    ...wasm,
    '--epochs',
    '2',
    '--out',
    join(folder, 'mute'),
  );
  expect(mute.learnt.columns.map(({ column }) => column)).toEqual(['pages']);
  expect(mute.learnt.ignored).toEqual([{ column: 'message', reason: 'None of its words is associated with "kind" in the training rows.' }]);
});

test('--task text asks for a column of text', { timeout: 60_000 }, async () => {
  const asked = await answer(
    'train',
    join(folder, 'telling.csv'),
    '--target',
    'kind',
    '--task',
    'text',
    ...wasm,
    '--epochs',
    '1',
    '--out',
    join(folder, 'asked'),
  );
  expect(asked.task).toBe('classification');
  expect(await failure('train', 'builtin:iris', '--task', 'text', '--out', join(folder, 'none'))).toMatchObject({
    status: 2,
    code: 'no-text-column',
  });
});
