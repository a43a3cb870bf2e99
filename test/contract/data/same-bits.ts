/**
 * One fingerprint of everything that pipelines make of a table with every kind of column, of texts in many scripts and of pictures: fitted in
 * the place that runs it, and applied there. Node, the page and a worker have to give the same one.
 */
import { sha256 } from '../../../src/base/hash.js';
import { Random } from '../../../src/base/random.js';
import { augmentedRows } from '../../../src/data/augment.js';
import { textColumn } from '../../../src/data/columns/text.js';
import { fitPipeline } from '../../../src/data/fit.js';
import { wholeInputs } from '../../../src/data/inputs.js';
import { resizePicture } from '../../../src/data/pictures/resize.js';
import { pictureStep, transformInputs, transformRows, transformTarget } from '../../../src/data/pipeline.js';
import type { Table } from '../../../src/data/table.js';
import type { FieldType } from '../../../src/spec/field-type.js';
import { stripes } from '../stripes.js';

const rows = 120;
const field = (name: string, type: FieldType) => ({ name, type, missing: 0, distinct: 9, reason: '' });
const training = Uint32Array.from({ length: rows }, (_, row) => row).filter((row) => row % 5 !== 2);
const all = Uint32Array.from({ length: rows }, (_, row) => row);

const words = [
  'İstanbul', 'ΑΣΦΑΛΕΙΑ', 'Straße', 'Ünïcödé', 'cafe\u0301', '東京', 'カタカナ', 'हिन्दी', 'ѲѲѴ', 'Ǆ', 'ﬁne', '𝔘𝔫', '🦊', 'don’t', 'ꟈ', 'Ⴀ', 'Ϙ', '١٢٣', '\u{1E900}',
  '\u1DFA', '\u0FDB\u0F39', '\u{32000}',
]; // biome-ignore format: a list of words

function mixed(): Table {
  const random = new Random(21);
  const number = (make: () => number) => ({
    kind: 'number' as const,
    values: Float64Array.from({ length: rows }, () => (random.uniform() < 0.1 ? Number.NaN : make())),
  });
  const pick = (): string => words[random.integer(words.length)];
  return {
    rows,
    names: ['normal', 'tail', 'when', 'code', 'grade', 'note', 'y'],
    columns: [
      number(() => random.normal()),
      number(() => 1 / (random.uniform() + 1e-3)),
      number(() => Math.floor((random.uniform() - 0.3) * 2e12)),
      textColumn(Array.from({ length: rows }, pick)),
      textColumn(Array.from({ length: rows }, () => `g${random.integer(4)}`)),
      textColumn(Array.from({ length: rows }, () => `${pick()} ${pick()}, ${pick()}—${pick()}`)),
      number(() => random.normal() * 40),
    ],
  };
}

function mixedInputs(): Float32Array[] {
  const table = mixed();
  const pipeline = fitPipeline({
    table,
    fields: [
      field('normal', 'number'),
      field('tail', 'number'),
      field('when', 'datetime'),
      field('code', 'category'),
      field('grade', 'category'),
      field('note', 'text'),
      field('y', 'number'),
    ],
    target: 'y',
    task: 'regression',
    rows: training,
    seed: 4,
    pipeline: {
      derive: [
        { name: 'shape', expression: 'log(tail) * exp(-abs(normal)) + hour(when) / weekday(when)' },
        { name: 'loud', expression: 'concat(upper(note), lower(code), text(round(normal, 3)))' },
      ],
      columns: [
        { column: 'normal', step: { as: 'number', scale: 'robust' } },
        { column: 'when', step: { as: 'date' } },
        { column: 'code', step: { as: 'target' } },
        { column: 'grade', step: { as: 'ordinal' } },
        { column: 'note', step: { as: 'words', ngrams: 2, fewest: 1 } },
        { column: 'loud', step: { as: 'hashed-words', features: 64 } },
      ],
    },
  });
  return [
    transformInputs(pipeline, table, training, { training: true }),
    transformInputs(pipeline, table, all),
    transformTarget(pipeline, table, all),
  ];
}

function pictureInputs(): Float32Array[] {
  const size = { height: 9, width: 7, channels: 3 } as const;
  const pixels = new Uint8Array(rows * 9 * 7 * 3);
  for (let row = 0; row < rows; row++) pixels.set(resizePicture(stripes(row % 2 ? 'down' : 'across', row, 16, 3), size), row * 9 * 7 * 3);
  const table: Table = {
    rows,
    names: ['picture', 'label'],
    columns: [{ kind: 'picture', size, pixels }, textColumn(Array.from({ length: rows }, (_, row) => (row % 2 ? 'down' : 'across')))],
  };
  const pipeline = fitPipeline({
    table,
    fields: [{ ...field('picture', 'picture'), picture: size }, field('label', 'category')],
    target: 'label',
    task: 'classification',
    rows: training,
  });
  const step = pictureStep(pipeline);
  if (!step) throw new Error('expected a step for pictures');
  const inputs = transformRows(pipeline, table, all);
  const augmented = augmentedRows(inputs, step, { flip: true, shift: 0.2, rotate: 30, brightness: 0.2, crop: 0.3 }, 3);
  const changed = new Float32Array(rows * inputs.width);
  for (let row = 0; row < rows; row++) augmented.copy(row, changed, row * inputs.width, 1);
  return [wholeInputs(inputs), changed];
}

export async function fingerprints(): Promise<{ mixed: string; pictures: string }> {
  const of = async (arrays: readonly Float32Array[]): Promise<string> =>
    (await Promise.all(arrays.map((array) => sha256(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))))).join(' ');
  return { mixed: await of(mixedInputs()), pictures: await of(pictureInputs()) };
}
