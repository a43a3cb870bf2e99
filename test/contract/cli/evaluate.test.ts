import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answer, failure, file, folder, runHere } from './command.js';

const model = join(folder, 'sexes');
// Rows of three islands; a few without a sex, and one spelt in a way that training has not seen.
const rows = ['species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex'];
for (let row = 0; row < 60; row++) {
  const sex = row % 10 === 9 ? '' : row === 8 ? 'unsure' : row % 2 ? 'male' : 'female';
  rows.push(
    `Adelie,${['Biscoe', 'Dream', 'Torgersen'][row % 3]},${35 + (row % 12)},${16 + (row % 7)},${180 + (row % 20)},${3000 + 40 * (row % 40)},${sex}`,
  );
}

test('evaluate: figures by group and fairness between groups, recomputed from the predictions', { timeout: 60_000 }, async () => {
  const data = file('birds.csv', `${rows.join('\n')}\n`);
  await answer('train', 'builtin:penguins', '--target', 'sex', '--out', model, '--epochs', '20', '--device', 'wasm');
  const report = await answer('evaluate', model, data, '--group', 'island');
  const { predictions } = await answer('predict', model, data);

  const known = predictions
    .map(({ prediction }, row) => ({ prediction, cells: rows[row + 1].split(',') }))
    .filter(({ cells }) => ['male', 'female'].includes(cells[6]));
  expect(report).toMatchObject({ task: 'classification', target: 'sex', rows: known.length, leftOut: 60 - known.length });
  expect(report.warnings.map(({ code, place }) => [code, place.row])).toEqual([
    ['target-missing-in-rows', 10],
    ['unknown-class', 9],
  ]);

  const rate = (island: string, truth: string | undefined): number => {
    const own = known.filter(({ cells }) => cells[1] === island && (truth === undefined || cells[6] === truth));
    return own.filter(({ prediction }) => prediction === 'male').length / own.length;
  };
  const islands = ['Biscoe', 'Dream', 'Torgersen'];
  const between = (truth?: string): number =>
    Math.max(...islands.map((island) => rate(island, truth))) - Math.min(...islands.map((island) => rate(island, truth)));
  expect(report.groups?.map(({ group }) => group)).toEqual(islands);
  for (const { group, selectionRate, truePositiveRate, falsePositiveRate } of report.groups ?? []) {
    expect(selectionRate?.male).toBeCloseTo(rate(group, undefined), 12);
    expect(truePositiveRate).toBeCloseTo(rate(group, 'male'), 12);
    expect(falsePositiveRate).toBeCloseTo(rate(group, 'female'), 12);
  }
  expect(report.fairness).toMatchObject({ column: 'island', positiveClass: 'male' });
  expect(report.fairness?.demographicParityDifference).toBeCloseTo(between(), 12);
  expect(report.fairness?.equalizedOddsDifference).toBeCloseTo(Math.max(between('male'), between('female')), 12);
});

test('evaluate refuses what it cannot measure, naming it', async () => {
  const without = file('without.csv', `${rows.map((row) => row.split(',').slice(0, 6).join(',')).join('\n')}\n`);
  expect(await failure('evaluate', model, without)).toMatchObject({ status: 2, code: 'missing-column', place: { column: 'sex' } });
  expect(await failure('predict', model, 'builtin:iris')).toMatchObject({ status: 2, code: 'missing-column' });
  const birds = join(folder, 'birds.csv');
  expect(await failure('evaluate', model, birds, '--group', 'sex')).toMatchObject({ status: 2, code: 'target-as-group' });
  expect(await failure('evaluate', model, birds, '--group', 'colour')).toMatchObject({
    status: 2,
    code: 'missing-column',
    place: { column: 'colour' },
  });
  expect(await failure('evaluate', model, birds, '--group', 'island', '--positive', 'both')).toMatchObject({
    status: 2,
    code: 'unknown-class',
  });
  expect(await failure('evaluate', folder, birds)).toMatchObject({ status: 2, code: 'not-a-store' });
  const wrong = file('wrong.csv', `${rows.slice(0, 3).join('\n')}\nAdelie,Dream,long,18,190,3500,male\n`);
  expect(await failure('predict', model, wrong)).toMatchObject({
    status: 2,
    code: 'not-a-number',
    place: { column: 'bill_length_mm', line: 4 },
  });
});

test('a class that was a number in training is one however it is spelt', async () => {
  const numbers = (spelt: (label: number) => string): string =>
    `x,label\n${Array.from({ length: 60 }, (_, row) => `${row % 2 ? 5 + (row % 7) / 10 : (row % 5) / 10},${spelt(row % 2)}`).join('\n')}\n`;
  const out = join(folder, 'numbers');
  await answer('train', file('numbers.csv', numbers(String)), '--target', 'label', '--out', out, '--epochs', '5', '--device', 'wasm');
  const report = await answer(
    'evaluate',
    out,
    file(
      'spelt.csv',
      numbers((label) => label.toFixed(1)),
    ),
  );
  expect(report).toMatchObject({ rows: 60, leftOut: 0, confusion: { classes: ['0', '1'] } });
});

test('people read the same figures as a table', async () => {
  const { status, stdout } = await runHere('evaluate', model, join(folder, 'birds.csv'), '--group', 'island');
  expect(status).toBe(0);
  for (const text of ['accuracy', 'Biscoe (', 'demographic parity', 'positive class "male"', 'Warning: 6 of 60 rows have no "sex"'])
    expect(stdout).toContain(text);
});

test('predict as JSON has classes by their names, also where the CSV has an apostrophe before them', async () => {
  const classes = ['=1+1', "'=1+1"];
  const data = file('formulas.csv', `x,class\n${Array.from({ length: 400 }, (_, row) => `${row % 2},${classes[row % 2]}`).join('\n')}\n`);
  const out = join(folder, 'formulas');
  await answer('train', data, '--target', 'class', '--out', out, '--preset', 'linear', '--epochs', '500', '--device', 'wasm');
  const { predictions } = await answer('predict', out, data);
  expect(predictions.slice(0, 2).map(({ prediction }) => prediction)).toEqual(classes);
});
