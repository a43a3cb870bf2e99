/** Which words are kept beside other columns: those that go along with the target, and hardly any other. */
import { expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import { textColumn } from '../../../src/data/columns/text.js';
import { fitPipeline, PipelineFitter } from '../../../src/data/fit.js';
import { planSteps } from '../../../src/data/steps/plan.js';
import type { Column, Table } from '../../../src/data/table.js';
import type { Field } from '../../../src/spec/field.js';
import type { FieldType } from '../../../src/spec/field-type.js';
import type { FittedPipeline } from '../../../src/spec/pipeline.js';

const field = (name: string, type: FieldType): Field => ({ name, type, missing: 0, distinct: 9, reason: '' });
const fields = [field('size', 'number'), field('note', 'text'), field('class', 'category'), field('price', 'number')];

interface Made {
  table: Table;
  rows: Uint32Array;
}

/** Notes of twenty words out of 400 at random; "tell" is said of class b, and of dear things, four times as often. */
function made(seed: number, telling: boolean, count = 400): Made {
  const random = new Random(seed, 'notes');
  const classes = Array.from({ length: count }, () => (random.uniform() < 0.5 ? 'a' : 'b'));
  const prices = classes.map((name) => (name === 'b' ? 5 : 0) + random.uniform());
  const notes = classes.map((name) => {
    const words = Array.from({ length: 20 }, () => `w${Math.floor(random.uniform() * 400)}`);
    if (telling && random.uniform() < (name === 'b' ? 0.8 : 0.2)) words.push('tell');
    return words.join(' ');
  });
  const numbers = (values: readonly number[]): Column => ({ kind: 'number', values: Float64Array.from(values) });
  const columns = [numbers(classes.map(() => random.uniform())), textColumn(notes), textColumn(classes), numbers(prices)];
  return {
    table: { rows: count, names: fields.map(({ name }) => name), columns },
    rows: Uint32Array.from({ length: count }, (_, row) => row),
  };
}

const requests = [
  { target: 'class', task: 'classification', ignore: ['price'] },
  { target: 'price', task: 'regression', ignore: ['class'] },
] as const;

const termsOf = ({ steps }: FittedPipeline): string[] => steps.flatMap((step) => (step.kind === 'words' ? step.terms : []));

test.each(requests)('$task: a word that tells is found, and of 400 others hardly one', (request) => {
  let others = 0;
  for (let seed = 0; seed < 10; seed++) {
    const terms = termsOf(fitPipeline({ ...made(seed, true), fields, ...request }));
    expect(terms).toContain('tell');
    others += terms.length - 1;
  }
  expect(others).toBeLessThanOrEqual(3);
});

test.each(requests)('$task: where no word tells, the text is left out, and why is said', (request) => {
  const fitted = fitPipeline({ ...made(3, false), fields, ...request });
  expect(fitted.steps.map(({ column }) => column)).toEqual(['size']);
  expect(fitted.ignored).toContainEqual({
    column: 'note',
    reason: `None of its words is associated with "${request.target}" in the training rows.`,
  });
});

test.each(requests)('$task: chunk by chunk the same words are kept', (request) => {
  const { table, rows } = made(4, true);
  const fitter = new PipelineFitter({ fields, ...request });
  for (let start = 0; start < table.rows; start += 150) {
    const part = (column: Column): Column =>
      column.kind === 'text'
        ? textColumn([...column.codes.subarray(start, start + 150)].map((code) => column.dictionary[code]))
        : { kind: 'number', values: (column as { values: Float64Array }).values.slice(start, start + 150) };
    const count = Math.min(150, table.rows - start);
    fitter.add({ rows: count, names: table.names, columns: table.columns.map(part) }, rows.subarray(0, count));
  }
  expect(termsOf(fitter.finish())).toEqual(termsOf(fitPipeline({ table, rows, fields, ...request })));
});

test('a text is learnt from by itself: alone with many words, beside others with those that tell', () => {
  const wordsOf = (all: readonly Field[], ignore: readonly string[] = []) =>
    planSteps({ fields: all, target: 'class', spec: {}, ignore }).steps.flatMap(({ step, why, automatic }) =>
      step.as === 'words' ? [{ ...step, why, automatic }] : [],
    );
  const [note, name] = [field('note', 'text'), field('class', 'category')];
  expect(wordsOf([note, name, field('id', 'identifier')])).toEqual([
    {
      as: 'words',
      most: 10_000,
      associated: true,
      atLeast: 4000,
      automatic: true,
      why: expect.stringContaining('what there is to learn from') as string,
    },
  ]);
  expect(wordsOf([note, name, field('size', 'number')])).toEqual([
    {
      as: 'words',
      most: 10_000,
      associated: true,
      atLeast: 0,
      automatic: true,
      why: expect.stringContaining('Beside other columns') as string,
    },
  ]);
  expect(wordsOf([note, name, field('size', 'number')], ['size'])[0].atLeast).toBe(4000);
  expect(wordsOf([note, field('title', 'text'), name]).map(({ most, atLeast }) => [most, atLeast])).toEqual([
    [5000, 2000],
    [5000, 2000],
  ]);
});
