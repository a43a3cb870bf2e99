import Papa from 'papaparse';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AbortError, StorageError } from '../../../src/base/errors.js';
import type { Source } from '../../../src/data/source.js';
import type { FilePrediction } from '../../../src/infer/models.js';
import { failureOf, resultOf, workplace } from '../train/workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

const text = (content: string, name = 'new.csv'): Source => ({ kind: 'text', name, text: content });

/** A model of penguins: numbers and categories, some missing. */
async function penguins(target = 'species'): Promise<string> {
  const { run } = await place.train(await place.builtin('penguins'), { target, preset: 'linear', epochs: 20 });
  return run.modelId ?? '';
}

async function predictFile(id: string, source: Source): Promise<{ csv: string; pieces: FilePrediction[]; rows: number }> {
  const pieces: FilePrediction[] = [];
  const { rows } = await resultOf(place.models.predictFile(id, source), (piece) => pieces.push(piece));
  return { csv: pieces.map(({ csv }) => csv).join(''), pieces, rows };
}

const header = 'island,species_note,sex,body_mass_g,flipper_length_mm,bill_depth_mm,bill_length_mm';

test('a file comes back with its own columns, the prediction and a probability for each class', async () => {
  const id = await penguins();
  const lines = ['Torgersen,"a, b",male,3750,181,18.7,39.1', 'Biscoe,=1+1,,5400,,15,48.8', 'Dream,"say ""x""",NA,-,193,18.3,50'];
  const { csv, rows } = await predictFile(id, text(`${header}\n${lines.join('\n')}\n`));
  const parsed = Papa.parse<string[]>(csv, { skipEmptyLines: true }).data;
  expect(rows).toBe(3);
  expect(parsed[0]).toEqual([...header.split(','), 'prediction', 'probability_Adelie', 'probability_Chinstrap', 'probability_Gentoo']);
  expect(parsed.slice(1).map((cells) => cells[1])).toEqual(['a, b', "'=1+1", 'say "x"']);
  expect(parsed[2].slice(0, 7)).toEqual(['Biscoe', "'=1+1", '', '5400', '', '15', '48.8']);
  expect(parsed.slice(1).map((cells) => cells[7])).toEqual(['Adelie', 'Gentoo', 'Chinstrap']);
  for (const cells of parsed.slice(1)) {
    expect(cells.slice(8).reduce((sum, share) => sum + Number(share), 0)).toBeCloseTo(1, 5);
  }
});

test('a form and a file with the same row get the same answer', async () => {
  const id = await penguins();
  const { csv } = await predictFile(id, text(`${header}\nBiscoe,,female,4875,217,13.7,46.8\n`));
  const cells = Papa.parse<string[]>(csv, { skipEmptyLines: true }).data[1];
  const row = { island: 'Biscoe', sex: 'female', body_mass_g: '4875', flipper_length_mm: 217, bill_depth_mm: 13.7, bill_length_mm: 46.8 };
  const [answer] = await place.models.predict(id, [row]);
  expect(answer.prediction).toBe(cells[7]);
  answer.probabilities?.forEach(({ probability }, index) => {
    expect(Number(cells[8 + index])).toBeCloseTo(probability, 6);
  });
});

test('a long file is answered in pieces, one line a row, in its order', async () => {
  const id = await penguins('body_mass_g');
  const count = 20_000;
  const row = (index: number): string => `Adelie,Dream,${35 + (index % 20)},18,${180 + (index % 7)},male,${index}`;
  const content = `species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,sex,number\n${Array.from({ length: count }, (_, index) => row(index)).join('\n')}`;
  const { csv, pieces, rows } = await predictFile(id, text(content));
  expect(rows).toBe(count);
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.at(-1)).toMatchObject({ rows: count, bytes: content.length, size: content.length, secondsLeft: 0 });
  const parsed = Papa.parse<string[]>(csv, { skipEmptyLines: true }).data.slice(1);
  expect(parsed.length).toBe(count);
  expect(parsed.every((cells, index) => cells[6] === String(index) && cells.length === 8)).toBe(true);
  // Equal rows, far apart and in different batches, have equal answers.
  expect(parsed[0][7]).toBe(parsed[140][7]);
  expect(parsed[0][7]).toBe(parsed[19_880][7]);
});

test.each([
  [
    'a column that is missing',
    'island,sex\nDream,male\n',
    { code: 'missing-column', place: { file: 'new.csv', column: 'bill_length_mm' } },
  ],
  [
    'a value that is no number',
    `${header}\nDream,,male,3750,181,18.7,39.1\nDream,,male,heavy,181,18.7,39.1\n`,
    { code: 'not-a-number', place: { file: 'new.csv', row: 2, column: 'body_mass_g' } },
  ],
  ['a row that is too short', `${header}\nDream,,male\n`, { code: 'ragged-row', place: { file: 'new.csv', row: 1 } }],
  ['an empty file', '', { code: 'empty-file' }],
])('%s is refused with its place', async (_, content, expected) => {
  const id = await penguins();
  expect(await failureOf(predictFile(id, text(content)))).toMatchObject(expected);
});

test('a form’s row without a column, or with a text for a number, is refused with its place', async () => {
  const id = await penguins();
  const row = { island: 'Dream', sex: 'male', body_mass_g: 3750, flipper_length_mm: 181, bill_depth_mm: 18.7, bill_length_mm: 39.1 };
  const { sex: _, ...without } = row;
  expect(await failureOf(place.models.predict(id, [row, without]))).toMatchObject({
    code: 'missing-column',
    place: { row: 2, column: 'sex' },
  });
  expect(await failureOf(place.models.predict(id, [{ ...row, body_mass_g: 'heavy' }]))).toMatchObject({
    code: 'not-a-number',
    place: { row: 1, column: 'body_mass_g' },
  });
  expect(await failureOf(place.models.predict(id, 'x' as unknown as []))).toMatchObject({ code: 'invalid-rows' });
  expect(await failureOf(place.models.predictFile(id, { kind: 'zz' } as unknown as Source).next())).toMatchObject({
    code: 'invalid-source',
  });
  expect((await place.models.predict(id, [{ ...row, island: 'Atlantis', sex: null }])).length).toBe(1);
  expect(await place.models.predict(id, [])).toEqual([]);
});

test('renamed, deleted and restored; a deleted model answers nothing', async () => {
  const id = await penguins();
  expect(await place.models.rename(id, '  Penguins by island ')).toMatchObject({ id, name: 'Penguins by island' });
  expect(await place.models.get(id)).toMatchObject({ name: 'Penguins by island' });
  expect(await failureOf(place.models.rename(id, ' '))).toMatchObject({ code: 'invalid-name' });
  await place.models.remove(id);
  expect(await place.models.list()).toEqual([]);
  expect(await failureOf(place.models.predict(id, []))).toMatchObject({ code: 'unknown-model', place: { model: id } });
  await place.models.restore(id);
  expect((await place.models.list()).map(({ name }) => name)).toEqual(['Penguins by island']);
  expect(await failureOf(place.models.restore('nobody'))).toMatchObject({ code: 'unknown-model' });
});

test('cancelled between two pieces, or left, a file’s prediction holds nothing any more', async () => {
  const id = await penguins('body_mass_g');
  const long = text(`species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,sex\n${'Adelie,Dream,39,18,181,male\n'.repeat(20_000)}`);
  const controller = new AbortController();
  const work = place.models.predictFile(id, long, controller.signal);
  await work.next();
  controller.abort();
  expect(await failureOf(work.next())).toBeInstanceOf(AbortError);

  const left = place.models.predictFile(id, long);
  await left.next();
  expect((await place.devices.counters()).bytes).toBeGreaterThan(0);
  await left.return({ rows: 0 });
});

test('weights that are gone are told, not guessed', async () => {
  const id = await penguins();
  const record = await place.models.get(id);
  await place.store.commit({ put: [{ ...record, weights: { hash: '0'.repeat(64), bytes: 16 } }] });
  expect(await failureOf(place.models.predict(id, []))).toBeInstanceOf(StorageError);
});
