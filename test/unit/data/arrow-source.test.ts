import { readFileSync } from 'node:fs';
import {
  bool,
  dateDay,
  decimal,
  dictionary,
  float16,
  float32,
  int8,
  int64,
  largeUtf8,
  list,
  tableFromArrays,
  tableToIPC,
  timestamp,
  uint32,
  utf8,
} from '@uwdata/flechette';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import { readSource } from '../../../src/data/read.js';
import { openTable } from '../../../src/data/sources/formats.js';
import type { Reading } from '../../../src/data/sources/table-file.js';
import { inPieces, readBuiltin } from './files.js';

const columns = {
  n: [1.5, null, -3],
  half: [0.5, -2, null],
  small: [1, 2, 3],
  big: [1n, 2n ** 62n, -5n],
  count: [4_000_000_000, 0, 7],
  yes: [true, null, false],
  word: ['a', 'é', null],
  long: ['x'.repeat(40), '', 'z'],
  kind: ['cat', 'dog', 'cat'],
  day: [new Date('2024-02-29'), null, new Date('1969-12-31')],
  when: [new Date('2024-05-31T08:00:00.123Z'), new Date(0), null],
  price: [12.34, -0.01, null],
  many: [[1, 2], [], [3]],
};
const types = {
  n: float32(),
  half: float16(),
  small: int8(),
  big: int64(),
  count: uint32(),
  yes: bool(),
  word: utf8(),
  long: largeUtf8(),
  kind: dictionary(utf8()),
  day: dateDay(),
  when: timestamp(2, 'UTC'),
  price: decimal(10, 2),
  many: list(float32()),
};
const table = () => tableFromArrays(columns as never, { types } as never);
const written = (format: 'file' | 'stream') => tableToIPC(table(), { format }) as Uint8Array;

const goldenFolder = new URL('../../golden/arrow/', import.meta.url);

async function firstBatch(bytes: Uint8Array): Promise<void> {
  const file = await openTable(inPieces([bytes], 't.arrow'), { readBuiltin });
  for await (const batch of file.batches()) if (batch.rows > 0) break;
  await file.close();
}

interface Golden {
  rows: number;
  at: number[];
  columns: Record<string, unknown[]>;
}

async function read(bytes: Uint8Array, as: Reading = { as: 'guess' }) {
  const file = await openTable(inPieces([bytes], 'table.arrow'), { readBuiltin });
  const found = new Map<string, unknown[]>(file.names.map((name) => [name, []]));
  for await (const batch of file.batches(file.names.map(() => as)))
    for (const [index, column] of batch.columns.entries()) {
      const values = found.get(file.names[index]) as unknown[];
      if (column.kind === 'number') values.push(...[...column.values].map((value) => (Number.isNaN(value) ? null : value)));
      else if (column.kind === 'text') values.push(...[...column.codes].map((code) => (code < 0 ? null : column.dictionary[code])));
    }
  await file.close();
  return { values: Object.fromEntries(found), warnings: file.warnings(), declared: file.declared };
}

const expected = {
  n: [1.5, null, -3],
  half: [0.5, -2, null],
  small: [1, 2, 3],
  big: ['1', String(2n ** 62n), '-5'],
  count: [4_000_000_000, 0, 7],
  yes: ['true', null, 'false'],
  word: ['a', 'é', null],
  long: ['x'.repeat(40), null, 'z'],
  kind: ['cat', 'dog', 'cat'],
  day: [Date.parse('2024-02-29'), null, Date.parse('1969-12-31')],
  when: [Date.parse('2024-05-31T08:00:00.123Z'), 0, null],
  price: [12.34, -0.01, null],
};

describe('Arrow', () => {
  it.each(['file', 'stream'] as const)('reads every type of a %s that another program wrote', async (format) => {
    const { values, warnings, declared } = await read(written(format));
    expect(values).toEqual(expected);
    expect(warnings.map(({ code }) => code)).toEqual(['column-left-out', 'inexact-integers']);
    expect(declared?.filter((type) => type !== undefined)).toEqual(['boolean', 'datetime', 'datetime']);
  });

  it('gives times as texts that are read as the same times', async () => {
    const { values } = await read(written('file'), { as: 'raw' });
    expect(values.when).toEqual(['2024-05-31T08:00:00.123Z', '1970-01-01T00:00:00.000Z', null]);
    expect(values.n).toEqual(['1.5', null, '-3']);
  });

  it('is read into a dataset with its types', async () => {
    const reading = readSource(inPieces([written('stream')], 'table.arrow'), { readBuiltin });
    for (;;) {
      const next = await reading.next();
      if (!next.done) continue;
      expect(Object.fromEntries(next.value.fields.map(({ name, type }) => [name, type]))).toMatchObject({
        yes: 'boolean',
        when: 'datetime',
        n: 'number',
        kind: 'category',
      });
      break;
    }
  });

  it('is the same wherever its bytes are cut', async () => {
    const bytes = written('file');
    for (let cut = 1; cut < bytes.length; cut += 97) {
      const file = await openTable(inPieces([bytes.subarray(0, cut), bytes.subarray(cut)], 't.arrow'), { readBuiltin });
      for await (const batch of file.batches()) expect(batch.rows).toBe(3);
      await file.close();
    }
  });

  it.each(['lz4', 'zstd'])('packed with %s by pyarrow, it is what pyarrow reads', async (codec) => {
    const { rows, at, columns: golden } = JSON.parse(readFileSync(new URL('expected.json', goldenFolder), 'utf8')) as Golden;
    const { values } = await read(readFileSync(new URL(`${codec}.arrow`, goldenFolder)));
    for (const [name, wanted] of Object.entries(golden)) {
      const found = values[name] as unknown[];
      expect(found.length).toBe(rows);
      expect(at.map((row) => found[row])).toEqual(wanted);
    }
    expect(values.row).toEqual(Array.from({ length: rows }, (_, row) => Math.floor(row / 8)));
    expect(values.word).toEqual(Array.from({ length: rows }, (_, row) => `a word of some length ${row % 97}`));
  });

  it('dictionaries grow between record batches', async () => {
    expect((await read(readFileSync(new URL('deltas.arrows', goldenFolder)))).values).toEqual({ kind: ['b', 'a', 'c', 'a'] });
  });

  it('packed and damaged, it is a table or an InputError', async () => {
    for (const codec of ['lz4', 'zstd']) {
      const original = Uint8Array.from(readFileSync(new URL(`${codec}.arrow`, goldenFolder)));
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }), async (flips) => {
          const bytes = original.slice();
          for (const [place, byte] of flips) bytes[place] = byte;
          await firstBatch(bytes).catch((error: unknown) => {
            if (!(error instanceof InputError)) throw error;
          });
        }),
        { numRuns: 15 },
      );
    }
  });

  it('cut off, it is refused', async () => {
    const bytes = written('stream');
    await expect(read(bytes.subarray(0, bytes.length - 40))).rejects.toMatchObject({ code: 'damaged-file' });
  });

  it('is a table or an InputError, whatever is done to its bytes', async () => {
    const original = written('file');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), async (flips) => {
        const bytes = original.slice();
        for (const [place, byte] of flips) bytes[place] = byte;
        await read(bytes).catch((error: unknown) => {
          if (!(error instanceof InputError)) throw error;
        });
      }),
      { numRuns: 200 },
    );
  });
});
