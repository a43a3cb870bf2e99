import { expect, test } from 'vitest';
import { readBuiltin } from '../../../src/host/node/builtin.js';

const textOf = async (file: string): Promise<string> => new Response((await readBuiltin(file)).stream()).text();

test('a built-in table is read from the package, with its size', async () => {
  const text = await textOf('iris.csv');
  expect(text.trimEnd().split('\n')).toHaveLength(151);
  expect((await readBuiltin('iris.csv')).size).toBe(text.length);
});

test.each(['../../package.json', '/etc/passwd', '..%2fpackage.json', 'iris.csv/../../package.json', ''])(
  '"%s" is no file of ours',
  async (file) => {
    await expect(readBuiltin(file)).rejects.toMatchObject({ name: 'InputError', code: 'builtin-missing' });
  },
);

test('a file that is not there is named', async () => {
  await expect(readBuiltin('not-there.csv')).rejects.toMatchObject({
    code: 'builtin-missing',
    message: expect.stringContaining('not-there.csv'),
  });
});
