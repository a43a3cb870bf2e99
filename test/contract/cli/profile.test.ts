/** `benchwright data --target`: what the profile says, as JSON and for people. */
import { expect, test } from 'vitest';
import { DataAnswer } from '../../../src/cli/answers.js';
import { answer, failure, runHere } from './command.js';

test('every column is set against the target that is asked for', async () => {
  const given = await answer('data', 'builtin:penguins', '--target', 'body_mass_g');
  const { columns, profile, rows } = DataAnswer.parse(given);
  expect([rows, profile.target, profile.sampled]).toEqual([344, 'body_mass_g', 344]);
  const flipper = columns.find(({ name }) => name === 'flipper_length_mm');
  expect(flipper).toMatchObject({
    type: 'integer',
    missing: 2,
    profile: { association: { measure: 'spearman', rows: 342 }, alone: { metric: 'r2' } },
  });
  // Pandas: penguins[['flipper_length_mm', 'body_mass_g']].corr() is 0.871202.
  expect(flipper?.profile.association?.pearson).toBeCloseTo(0.871202, 6);
  expect(profile.targets.map(({ name }) => name)).toContain('species');
});

test('people read what says most, and what to do; a target that is not there is refused', async () => {
  const { stdout } = await runHere('data', 'builtin:iris', '--target', 'species');
  expect(stdout).toMatch(/What says most of species, from 0 to 1:\ncolumn +association +measure +alone\npetal/);
  expect(stdout).toMatch(/Likely target: species\. The table comes with it\./);
  expect(await failure('data', 'builtin:iris', '--target', 'specie')).toMatchObject({
    status: 2,
    code: 'target-missing',
    place: { column: 'specie' },
  });
});
