/** Each step against scikit-learn, figure by figure (scripts/data/pipeline_golden.py). */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { textColumn } from '../../../src/data/columns/text.js';
import { fitPipeline } from '../../../src/data/fit.js';
import { transformInputs } from '../../../src/data/pipeline.js';
import type { Column, Table } from '../../../src/data/table.js';
import { tokensOf } from '../../../src/data/text/tokens.js';
import type { FittedStep } from '../../../src/spec/fitted-steps.js';
import { FittedPipeline } from '../../../src/spec/pipeline.js';
import type { ColumnStep } from '../../../src/spec/pipeline-spec.js';

interface Golden {
  training: number[];
  numbers: { values: (number | null)[]; cases: { impute: string; scale: 'standard'; fill: number; values: number[] }[] };
  categories: { values: string[]; training: number[]; order: string[]; codes: number[]; asked: number[]; hashed: number[][] };
  targetMeans: { values: string[]; target: number[]; prior: number; scale: number; means: Record<string, number> };
  texts: {
    documents: string[];
    tokens: string[][];
    training: number[];
    cases: {
      ngrams: number;
      sublinear: boolean;
      fewest: number;
      mostShare: number;
      terms: string[];
      idf: number[];
      values: number[][];
    }[];
    hashed: number[][];
  };
}
const golden = JSON.parse(readFileSync(new URL('../../golden/pipeline/steps.json', import.meta.url), 'utf8')) as Golden;

const numbers = (values: readonly (number | null)[]): Column => ({
  kind: 'number',
  values: Float64Array.from(values, (value) => value ?? NaN),
});

/** Fits one step on one column and transforms all of its rows. */
function applied(column: Column, step: ColumnStep, training: readonly number[], target?: readonly number[]) {
  const rows = column.kind === 'text' ? column.codes.length : column.kind === 'number' ? column.values.length : 0;
  const y = target ?? Array.from({ length: rows }, (_, row) => row);
  const table: Table = { rows, names: ['x', 'y'], columns: [column, numbers(y)] };
  const type = column.kind === 'number' ? 'number' : 'category';
  const fields = [
    { name: 'x', type, missing: 0, distinct: 5, reason: '' } as const,
    { name: 'y', type: 'number', missing: 0, distinct: 5, reason: '' } as const,
  ];
  const pipeline = fitPipeline({
    table,
    fields,
    target: 'y',
    task: 'regression',
    rows: Uint32Array.from(training),
    pipeline: { columns: [{ column: 'x', step }] },
  });
  expect(FittedPipeline.parse(pipeline)).toEqual(pipeline);
  const flat = transformInputs(
    pipeline,
    table,
    Uint32Array.from({ length: rows }, (_, row) => row),
  );
  const inputs = Array.from({ length: rows }, (_, row) => [...flat.subarray(row * pipeline.inputs, (row + 1) * pipeline.inputs)]);
  return { step: pipeline.steps[0], inputs };
}

function closeTo(given: readonly number[], expected: readonly number[], digits = 6): void {
  expect(given.length).toBe(expected.length);
  given.forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index], digits);
  });
}

const fitted = <Kind extends FittedStep['kind']>(step: FittedStep, kind: Kind): Extract<FittedStep, { kind: Kind }> => {
  expect(step.kind).toBe(kind);
  return step as Extract<FittedStep, { kind: Kind }>;
};

test.each(golden.numbers.cases)('numbers: SimpleImputer($impute), then $scale', ({ impute, scale, fill, values }) => {
  const asked = impute === 'constant' ? -1.5 : impute === 'most_frequent' ? 'most-frequent' : (impute as 'mean');
  const { step, inputs } = applied(
    numbers(golden.numbers.values),
    { as: 'number', impute: asked, scale, transform: 'none', indicator: 'never' },
    golden.training,
  );
  expect(fitted(step, 'number').fill).toBeCloseTo(fill, 12);
  closeTo(inputs.flat(), values);
});

test('ordinal: OrdinalEncoder, standardised; unseen values are said to be so', () => {
  const { values, training, order, codes, asked } = golden.categories;
  const plain = applied(textColumn(values), { as: 'ordinal' }, training);
  const step = fitted(plain.step, 'ordinal');
  expect(step.categories).toEqual(order);
  expect(step.other).toBe(false);
  closeTo(
    plain.inputs.flat(),
    codes.map((code) => (code < 0 ? 0 : (code - step.centre) / step.scale)),
  );
  const ordered = applied(textColumn(values), { as: 'ordinal', order: ['low', 'mid', 'high', 'Überhoch'] }, training);
  const { centre, scale, other } = fitted(ordered.step, 'ordinal');
  expect(other).toBe(true);
  closeTo(
    ordered.inputs.flat(),
    asked.flatMap((code) => (code < 0 ? [0, 1] : [(code - centre) / scale, 0])),
  );
});

test('embedding: OrdinalEncoder with 0 for what is unseen or too rare', () => {
  const { values, training, codes } = golden.categories;
  const { step, inputs } = applied(textColumn(values), { as: 'embedding', fewest: 1 }, training);
  expect(fitted(step, 'embedding').categories).toEqual(golden.categories.order);
  expect(inputs.flat()).toEqual(codes.map((code) => code + 1));
  const frequent = applied(textColumn(['a', 'b', 'a', 'c', 'b', 'd', '']), { as: 'embedding' }, [0, 1, 2, 3, 4, 6]);
  expect(frequent.inputs.flat()).toEqual([1, 2, 1, 0, 2, 0, 0]);
});

test('hashing: FeatureHasher, to the sign', () => {
  const { values, training, hashed } = golden.categories;
  expect(applied(textColumn(values), { as: 'hashing', features: 8 }, training).inputs).toEqual(
    hashed.map((row) => row.map((each) => each || 0)),
  );
});

test('target means: smoothed towards the mean of all training rows', () => {
  const { values, target, prior, scale, means } = golden.targetMeans;
  const { step, inputs } = applied(textColumn(values), { as: 'target', smoothing: 10 }, golden.training, target);
  const { whole } = fitted(step, 'target');
  closeTo(whole.means, Object.values(means), 9);
  closeTo([whole.prior[0], whole.scale[0]], [prior, scale], 9);
  closeTo(
    inputs.flat(),
    values.map((value) => (means[value] - prior) / scale),
  );
});

test('tokens: words of many scripts as Python finds them by the same version of Unicode', () => {
  expect(golden.texts.documents.map(tokensOf)).toEqual(golden.texts.tokens);
});

test.each(golden.texts.cases)('words: TfidfVectorizer, $ngrams-grams, sublinear $sublinear, in at least $fewest texts', (expected) => {
  const { ngrams, sublinear, fewest, mostShare, terms, idf, values } = expected;
  const { step, inputs } = applied(
    textColumn(golden.texts.documents),
    { as: 'words', ngrams, sublinear, fewest, mostShare },
    golden.texts.training,
  );
  const words = fitted(step, 'words');
  // By code points there, by code units here: the same below U+FFFF.
  expect(words.terms).toEqual(terms);
  closeTo(words.idf, idf, 12);
  inputs.forEach((row, index) => {
    closeTo(row, values[index], 6);
  });
});

test.each([
  { fewest: 1, most: 1000, length: undefined },
  { fewest: 2, most: 1000, length: 5 },
  { fewest: 1, most: 3, length: 12 },
])('numbers of words: those of Python, $fewest rows or more, $most at most, $length places', ({ fewest, most, length }) => {
  const { documents, tokens, training } = golden.texts;
  const { step, inputs } = applied(textColumn(documents), { as: 'tokens', fewest, most, ...(length ? { length } : {}) }, training);
  const trained = training.map((row) => tokens[row]);
  const times = (term: string, within: string[][]): number => within.flat().filter((token) => token === term).length;
  const frequent = [...new Set(trained.flat())].filter((term) => trained.filter((text) => text.includes(term)).length >= fewest);
  const kept = frequent.sort((a, b) => times(b, trained) - times(a, trained) || (a < b ? -1 : 1)).slice(0, most);
  const { terms, length: places } = fitted(step, 'tokens');
  expect(terms).toEqual(kept.sort());
  // Of ten texts or fewer, nine in ten are all that have words.
  const longest = Math.max(...trained.map((text) => text.length));
  expect(places).toBe(length ?? Math.max(8, longest));
  expect(inputs).toEqual(
    tokens.map((text) => Array.from({ length: places }, (_, place) => (place < text.length ? 1 + terms.indexOf(text[place]) + 1 || 1 : 0))),
  );
});

test('as many words are read as nine in ten texts have, and not more than 256', () => {
  const text = (words: number): string => Array.from({ length: words }, () => 'a').join(' ');
  const lengthFor = (lengths: readonly number[]): number =>
    fitted(applied(textColumn(lengths.map(text)), { as: 'tokens' }, [...lengths.keys()]).step, 'tokens').length;
  const nine = Array.from({ length: 9 }, (_, index) => 10 + index);
  expect(lengthFor([...nine, 200])).toBe(18);
  expect(lengthFor([...nine, ...nine, 200, 100])).toBe(18);
  expect(lengthFor([3, 2])).toBe(8);
  expect(lengthFor(Array.from({ length: 9 }, () => 1000))).toBe(256);
});

test('hashed words: HashingVectorizer, to the sign', () => {
  const { inputs } = applied(textColumn(golden.texts.documents), { as: 'hashed-words', features: 16, ngrams: 2 }, golden.texts.training);
  inputs.forEach((row, index) => {
    closeTo(row, golden.texts.hashed[index], 6);
  });
});
