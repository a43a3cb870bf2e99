/** Profiles of real tables: figures beside numpy, scipy, pandas and scikit-learn, leaks and repeats found, kept, cancelled. */
import { beforeEach, expect, test, vi } from 'vitest';
import { createDatasets } from '../../../../src/data/catalogue.js';
import type { Datasets, ProfileProgress } from '../../../../src/data/datasets.js';
import type { Source } from '../../../../src/data/source.js';
import type { DatasetRecord } from '../../../../src/spec/dataset.js';
import { Profile, type ProfiledColumn } from '../../../../src/spec/profile.js';
import { correlationRatio, cramersV, entropy, mutualInformation } from '../../../../src/stats/association.js';
import { chiSquared, contingency } from '../../../../src/stats/contingency.js';
import { createMemoryStore } from '../../../../src/storage/memory.js';
import type { Store } from '../../../../src/storage/store.js';
import { readBuiltin, textSource } from '../files.js';
import { golden } from '../json.js';

interface Statistics {
  csv: string;
  numbers: Record<
    string,
    { mean: number; standardDeviation: number; skewness: number; quantiles: number[]; outliers: number; distinct: number; missing: number }
  >;
  duplicates: number;
  complete: number;
  pearson: number;
  spearman: number;
  correlations: number[][];
  colourBand: { chiSquared: number; cramersV: number; mutualInformation: number; entropy: number };
  priceByColour: { correlationRatio: number; onRanks: number };
  sizeByKind: { correlationRatio: number; onRanks: number };
  top: Record<string, number>;
}

const expected = golden<Statistics>('statistics.json');
let store: Store;
let datasets: Datasets;

beforeEach(() => {
  store = createMemoryStore();
  datasets = createDatasets({ store, readBuiltin });
});

async function drained<Event, Result>(events: AsyncGenerator<Event, Result>): Promise<{ result: Result; events: Event[] }> {
  const seen: Event[] = [];
  for (;;) {
    const next = await events.next();
    if (next.done) return { result: next.value, events: seen };
    seen.push(next.value);
  }
}

const imported = async (source: Source): Promise<DatasetRecord> => (await drained(datasets.import(source))).result;
const profiled = async (
  id: string,
  target?: string | null,
  signal?: AbortSignal,
): Promise<{ result: Profile; events: ProfileProgress[] }> => drained(datasets.profile(id, target === undefined ? {} : { target }, signal));

async function profileOf(text: string, target?: string | null): Promise<Profile> {
  const { result } = await profiled((await imported(textSource(text))).id, target);
  expect(Profile.parse(result)).toEqual(result);
  return result;
}

const column = (profile: Profile, name: string): ProfiledColumn => profile.columns.find((each) => each.name === name) as ProfiledColumn;
const codes = (profile: Profile): string[] => profile.findings.map(({ code }) => code);

test.each(Object.keys(expected.numbers))('figures of %s are those of numpy, pandas and scipy', async (name) => {
  const { numbers, missing, distinct } = column(await profileOf(expected.csv, 'price'), name);
  const reference = expected.numbers[name];
  expect([missing, distinct.value, distinct.error]).toEqual([reference.missing, reference.distinct, 0]);
  for (const figure of ['mean', 'standardDeviation', 'skewness'] as const) expect(numbers?.[figure]).toBeCloseTo(reference[figure], 8);
  expect(numbers?.quantileError).toBe(0);
  reference.quantiles.forEach((quantile, index) => {
    expect(numbers?.quantiles[index]).toBeCloseTo(quantile, 9);
  });
  expect(numbers?.outliers).toMatchObject({ count: reference.outliers, exact: true });
  const { counts, below, above } = numbers?.histogram ?? { counts: [], below: 0, above: 0 };
  expect(counts.reduce((sum, count) => sum + count, below + above)).toBe(244 - reference.missing);
});

test('what columns say of each other is what scipy and pandas say', async () => {
  const profile = await profileOf(expected.csv, 'price');
  expect(column(profile, 'size').association).toMatchObject({ measure: 'spearman' });
  expect(column(profile, 'size').association?.pearson).toBeCloseTo(expected.pearson, 10);
  expect(column(profile, 'size').association?.spearman).toBeCloseTo(expected.spearman, 10);
  expect(column(profile, 'colour').association).toMatchObject({
    measure: 'correlation-ratio',
    value: expect.closeTo(expected.priceByColour.correlationRatio, 10),
  });
  const names = ['size', 'income', 'rooms', 'price'];
  for (const [row, one] of names.entries()) {
    for (const [index, other] of names.entries()) {
      const { columns, values } = profile.correlations;
      expect(values[columns.indexOf(one)][columns.indexOf(other)]).toBeCloseTo(expected.correlations[row][index], 10);
    }
  }
  const classes = await profileOf(expected.csv, 'kind');
  expect(column(classes, 'size').association).toMatchObject({
    measure: 'correlation-ratio-ranks',
    value: expect.closeTo(expected.sizeByKind.onRanks, 10),
  });
  const bands = column(await profileOf(expected.csv, 'band'), 'colour').association;
  expect(bands).toMatchObject({ measure: 'cramers-v', value: expect.closeTo(expected.colourBand.cramersV, 10) });
  expect(bands?.information).toBeCloseTo(expected.colourBand.mutualInformation / expected.colourBand.entropy, 10);
});

test('χ², mutual information and entropy are those of scipy and scikit-learn; a ratio of what does not vary is none', () => {
  const lines = expected.csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const known = lines.filter((cells) => cells[3] !== '');
  const [colours, bands] = [3, 6].map((place) => [...new Set(known.map((cells) => cells[place]))]);
  const table = contingency(
    Int32Array.from(known, (cells) => colours.indexOf(cells[3])),
    Int32Array.from(known, (cells) => bands.indexOf(cells[6])),
    colours.length,
    bands.length,
  );
  expect(chiSquared(table)).toBeCloseTo(expected.colourBand.chiSquared, 9);
  expect(cramersV(table)).toBeCloseTo(expected.colourBand.cramersV, 10);
  expect(mutualInformation(table)).toBeCloseTo(expected.colourBand.mutualInformation, 10);
  expect(entropy(table.sumsOther)).toBeCloseTo(expected.colourBand.entropy, 10);
  expect(correlationRatio(Float64Array.of(0.1, 0.1, 0.1), Int32Array.of(0, 1, 1), 2)).toBe(null);
});

test('repeats, complete rows and frequent values are counted as pandas counts them', async () => {
  const profile = await profileOf(expected.csv, 'price');
  expect(profile.duplicates).toEqual({ rows: expected.duplicates, error: 0, examples: expect.arrayContaining([{ row: 4, count: 3 }]) });
  expect(profile.missing.completeRows).toBe(expected.complete);
  expect(profile.missing.patterns.reduce((sum, { rows }) => sum + rows, 0)).toBe(244 - expected.complete);
  const top = column(profile, 'colour').top;
  expect(top?.error).toBe(0);
  expect(Object.fromEntries(top?.values.map(({ value, count }) => [value, count]) ?? [])).toEqual(expected.top);
});

/** A table in which several columns know the answer. */
function leaky(): string {
  const lines = Array.from({ length: 400 }, (_, row) => {
    const sold = (row * 7919) % 400 < 130;
    const age = 20 + ((row * 37) % 50);
    return [
      1000 + row,
      age,
      sold ? 'A1' : 'B2',
      sold ? 900 + (row % 13) : '',
      age * 1.8 + 32,
      row % 100 === 0 ? 'x' : 'y',
      sold ? 'yes' : 'no',
    ].join(',');
  });
  return [
    'customer_id,age,contract,invoice,fahrenheit,flag,sold',
    ...lines,
    ...lines.slice(10, 14).map((line, index) => `${9000 + index},${line.split(',').slice(1).join(',')}`),
  ].join('\n');
}

test('columns that know the answer are suspected, with the reason', async () => {
  const profile = await profileOf(leaky(), 'sold');
  const of = (name: string): Profile['findings'] =>
    profile.findings.filter(({ columns, code }) => columns.includes(name) && code.startsWith('leak'));
  expect(of('contract')).toMatchObject([{ code: 'leak-copy', severity: 'bad' }]);
  expect(of('invoice')).toMatchObject([{ code: 'leak-missing', severity: 'bad' }]);
  expect(of('age')).toEqual([]);
  expect(profile.findings.find(({ code }) => code === 'near-constant')).toMatchObject({ columns: ['flag'] });
  expect(profile.findings.find(({ code }) => code === 'same-column')?.columns.sort()).toEqual(['age', 'fahrenheit']);
  const unnumbered = leaky()
    .split('\n')
    .slice(1)
    .map((line) => line.slice(line.indexOf(',')));
  const alike = unnumbered.length - new Set(unnumbered).size;
  expect(profile.duplicates).toMatchObject({ rows: 0, besideIdentifiers: { rows: alike } });
  expect(codes(await profileOf(leaky(), 'age'))).toContain('leak-copy');
});

test('rows in the order of the target, and an identifier that numbers them, are told', async () => {
  const text = `id,noise,score\n${Array.from({ length: 200 }, (_, row) => `${row + 1},${(row * 31) % 17},${row * 2 + ((row * 7) % 5)}`).join('\n')}`;
  const profile = await profileOf(text, 'score');
  const orders = profile.findings.filter(({ code }) => code === 'leak-order').map(({ columns }) => columns[0]);
  expect(orders).toEqual(['id', 'score']);
});

test('built-in tables have no leak but what is in them', async () => {
  for (const name of ['penguins', 'breast-cancer', 'digits']) {
    const { result } = await profiled((await imported({ kind: 'builtin', name })).id);
    expect(result.findings.filter(({ severity }) => severity === 'bad')).toEqual([]);
    expect(result.targets[0].name).toBe(result.target);
    const values = result.columns.flatMap(({ association }) => (association ? [association.value] : []));
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
  }
});

test('asked again it is answered at once; for another target without reading the rows; of equal data too', async () => {
  const record = await imported(textSource(expected.csv));
  const first = await profiled(record.id, 'price');
  const read = vi.spyOn(store, 'getChunk');
  const again = await profiled(record.id, 'price');
  expect(again.result).toEqual(first.result);
  expect(again.events).toEqual([]);
  const dataRead = (): boolean => read.mock.calls.some(([{ hash }]) => record.chunks.some(({ ref }) => ref.hash === hash));
  expect((await profiled(record.id, 'kind')).result.target).toBe('kind');
  expect((await profiled((await imported(textSource(expected.csv, 'copy.csv'))).id, 'price')).result).toEqual(first.result);
  expect(dataRead()).toBe(false);
  expect((await profiled(record.id, null)).result.target).toBe(undefined);
});

test('what was kept and is damaged is made again; a cancelled pass keeps nothing', async () => {
  const record = await imported(textSource(expected.csv));
  const abort = new AbortController();
  abort.abort();
  await expect(profiled(record.id, 'price', abort.signal)).rejects.toMatchObject({ name: 'AbortError' });
  expect(await store.list('setting')).toEqual([]);
  const { result } = await profiled(record.id, 'price');
  const [setting] = await store.list('setting');
  await store.commit({ put: [{ ...setting, value: { overview: 7 } }] });
  expect((await profiled(record.id, 'price')).result).toEqual(result);
  await expect(profiled(record.id, 'prise')).rejects.toMatchObject({ code: 'target-missing' });
});

test('beyond the sample, figures are estimates within the errors that are told', async () => {
  const rows = 40_000;
  const text = `value,group,text\n${Array.from({ length: rows }, (_, row) => `${(((row * 48271) % rows) / 7).toFixed(4)},${row % 3 === 0 ? 'a' : 'b'},t${(row * 9) % rows}`).join('\n')}\n`;
  const { result: profile, events } = await profiled((await imported(textSource(text))).id, null);
  expect(profile.sampled).toBe(20_000);
  const { numbers, distinct } = column(profile, 'value');
  expect(numbers?.quantileError).toBeGreaterThan(0);
  for (const [index, level] of [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1].entries()) {
    expect(Math.abs(((numbers?.quantiles[index] ?? 0) * 7) / rows - level)).toBeLessThanOrEqual((numbers?.quantileError ?? 0) + 1 / rows);
  }
  for (const { value, error } of [distinct, column(profile, 'text').distinct]) {
    expect(error).toBeGreaterThan(0);
    expect(Math.abs(value / rows - 1)).toBeLessThan(3 * error);
  }
  expect(column(profile, 'group').top).toEqual({
    values: [
      { value: 'b', count: 26_666 },
      { value: 'a', count: 13_334 },
    ],
    error: 0,
  });
  expect(profile.duplicates.rows).toBe(0);
  for (const { rows: done, of } of events) expect(done <= of && of === rows).toBe(true);
});
