/** `benchwright project`: a trained folder as one file, into another folder, and there the same model; refusals with their exit codes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { ProjectAnswer } from '../../../src/cli/answers.js';
import { failure, folder, run, runHere } from './command.js';

const at = (name: string): string => join(folder, name);
const answerOf = ({ status, stdout }: { status: number | null; stdout: string }): ProjectAnswer => {
  expect(status).toBe(0);
  return z.parse(ProjectAnswer, JSON.parse(stdout)) as ProjectAnswer;
};

test('a folder goes out, is looked at, and comes in whole, twice', { timeout: 120_000 }, async () => {
  expect(
    (await runHere('train', 'builtin:iris', '--target', 'species', '--preset', 'linear', '--epochs', '2', '--out', at('home'))).status,
  ).toBe(0);
  const written = answerOf(await run('project', 'export', at('all.bench'), '--store', at('home'), '--json'));
  expect(written).toMatchObject({
    action: 'export',
    file: at('all.bench'),
    store: at('home'),
    bytes: readFileSync(at('all.bench')).length,
  });
  expect(written.items.map(({ kind }) => kind).sort()).toEqual(['model', 'run']);
  const shown = answerOf(await runHere('project', 'show', at('all.bench'), '--json'));
  expect(shown).toEqual({ action: 'show', file: at('all.bench'), bytes: written.bytes, items: written.items });
  const read = answerOf(await runHere('project', 'import', at('all.bench'), '--store', at('there'), '--json'));
  expect(read.items.map(({ outcome }) => outcome)).toEqual(['new', 'new']);
  const again = await runHere('project', 'import', at('all.bench'), '--store', at('there'));
  expect(again.stdout).toContain('is there already');
  const predictions = await Promise.all([at('home'), at('there')].map((model) => runHere('predict', model, 'builtin:iris', '--json')));
  expect(predictions[0].status).toBe(0);
  expect(predictions[1].stdout).toBe(predictions[0].stdout);
});

test('what cannot be read is refused with 2, and a damaged store with 1; nothing is left half', { timeout: 60_000 }, async () => {
  writeFileSync(at('text.bench'), 'no project');
  const whole = readFileSync(at('all.bench'));
  writeFileSync(at('short.bench'), whole.subarray(0, whole.length - 5));
  const cases: [string[], string, string][] = [
    [['explode', at('all.bench')], 'unknown-choice', 'explode'],
    [['export', at('x.bench')], 'missing-store', '--store'],
    [['export', at('x.bench'), '--store', at('nowhere')], 'not-a-store', 'nowhere'],
    [['import', at('none.bench'), '--store', at('new')], 'file-missing', 'none.bench'],
    [['import', at('text.bench'), '--store', at('new')], 'not-a-project', 'begin'],
    [['import', at('short.bench'), '--store', at('new')], 'project-damaged', 'damaged'],
    [['show', at('short.bench')], 'project-damaged', 'damaged'],
  ];
  for (const [line, code, named] of cases) {
    const error = await failure('project', ...line);
    expect([line.join(' '), error.status, error.code]).toEqual([line.join(' '), 2, code]);
    expect(error.message).toContain(named);
  }
  const { readdirSync } = await import('node:fs');
  const [chunk] = readdirSync(at('there/chunks'));
  writeFileSync(at(`there/chunks/${chunk}`), 'damaged');
  const error = await failure('project', 'export', at('y.bench'), '--store', at('there'));
  expect([error.status, error.code]).toEqual([1, 'chunk-damaged']);
  expect(readdirSync(folder).filter((name) => name.startsWith('y.bench'))).toEqual([]);
});
