/** Parquet as pyarrow writes it: every type, codec, encoding and version of pages, value by value as pyarrow reads them. */
import { describe, expect, it } from 'vitest';
import { footerOf, goldenBytes, goldenColumns, goldenNames, readAll } from './golden.js';

describe('a Parquet file', () => {
  it.each(goldenNames)('%s holds what pyarrow reads', async (name) => {
    const cells = await readAll(goldenBytes(name));
    const wanted = goldenColumns(name);
    expect([...cells.keys()]).toEqual(Object.keys(wanted));
    for (const [column, values] of cells) {
      const exact = wanted[column].map((value) => (typeof value === 'number' ? expect.closeTo(value, 9) : value));
      if (values.some((value, index) => value !== wanted[column][index])) expect(values, column).toEqual(exact);
    }
  });

  it.each([1, 7, 8192])('is the same in batches of %i rows', async (rowsPerBatch) => {
    for (const name of ['types', 'nested', 'delta', 'codec-zstd']) {
      expect(await readAll(goldenBytes(name), { rowsPerBatch })).toEqual(await readAll(goldenBytes(name)));
    }
  });

  it('tells bounds and nulls of each row group, and no bounds where the file says none', async () => {
    const footer = await footerOf(goldenBytes('codec-zstd'));
    const { whole, real, text } = goldenColumns('codec-zstd');
    const bounds = (values: (number | string | null)[]) => {
      const there = values.filter((value) => value !== null);
      return {
        nulls: values.length - there.length,
        minimum: there.reduce((a, b) => (b < a ? b : a)),
        maximum: there.reduce((a, b) => (b > a ? b : a)),
      };
    };
    for (const [leaf, values] of [whole, undefined, real, text].entries()) {
      if (!values) continue;
      expect(footer.groups.map(({ chunks }) => chunks[leaf].statistics)).toEqual([bounds(values.slice(0, 700)), bounds(values.slice(700))]);
    }
    const without = await footerOf(goldenBytes('no-statistics'));
    expect(without.groups[0].chunks.map(({ statistics }) => statistics)).toEqual([{}, {}, {}, {}, {}]);
  });

  it('keeps whole numbers beyond doubles digit by digit', async () => {
    const cells = await readAll(goldenBytes('beyond-doubles'));
    expect(cells.get('snowflake')?.[1]).toBe('1152921504606846977');
    expect(cells.get('unsigned')?.[1]).toBe('9223372036854775809');
  });

  it('reads the columns that are wanted, and names those that there are', async () => {
    expect([...(await readAll(goldenBytes('nested'), { columns: ['id', 'place.x'] })).keys()]).toEqual(['place.x', 'id']);
    await expect(readAll(goldenBytes('nested'), { columns: ['age'] })).rejects.toMatchObject({
      name: 'InputError',
      code: 'missing-column',
      message: expect.stringContaining('"age"'),
      advice: expect.stringContaining('"place.x"'),
    });
  });
});
