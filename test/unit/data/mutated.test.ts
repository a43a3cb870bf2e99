/** Real files of every form, changed at random: each is a table, or an InputError that names the file; nothing else, and nothing half kept. */
import { gzipSync } from 'node:zlib';
import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import { Random } from '../../../src/base/random.js';
import { createDatasets } from '../../../src/data/catalogue.js';
import { loadDecoder } from '../../../src/host/node/decoder.js';
import { createMemoryStore } from '../../../src/storage/memory.js';
import { readBuiltin } from './files.js';
import { golden } from './pictures/golden.js';

const columns = {
  number: Array.from({ length: 40 }, (_, row) => row * 1.25),
  text: Array.from({ length: 40 }, (_, row) => `t${row % 5}`),
};
const objects = columns.number.map((number, row) => ({ number, text: columns.text[row], within: { deep: [row] } }));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const csv = bytes(`number,text\n${columns.number.map((number, row) => `${number},"${columns.text[row]}"`).join('\n')}\n`);

const files: Record<string, Uint8Array> = {
  'table.csv': csv,
  'table.csv.gz': gzipSync(csv),
  'table.json': bytes(JSON.stringify(objects)),
  'table.ndjson': bytes(objects.map((object) => JSON.stringify(object)).join('\n')),
  'table.arrow': tableToIPC(tableFromArrays(columns), { format: 'file' }) as Uint8Array,
  'table.arrows': tableToIPC(tableFromArrays(columns), { format: 'stream' }) as Uint8Array,
  'table.parquet': new Uint8Array(parquetWriteBuffer({ columnData: Object.entries(columns).map(([name, data]) => ({ name, data })) })),
  'tables.zip': zipSync({ 'a.csv': csv, 'b.csv': csv }),
  'texts.zip': zipSync({ 'a/1.txt': csv, 'b/2.txt': bytes('other words') }),
  'pictures.zip': golden('small.zip'),
};

/** A few bytes turned, a piece taken out, put in twice or made zero, or the end missing. */
function changed(file: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  const at = random.integer(file.length);
  const length = random.integer(Math.min(64, file.length - at)) + 1;
  const join = (...pieces: Uint8Array[]): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat(pieces));
  switch (random.integer(5)) {
    case 0:
      return join(file.subarray(0, at));
    case 1:
      return join(file.subarray(0, at), file.subarray(at + length));
    case 2:
      return join(file.subarray(0, at + length), file.subarray(at));
    case 3:
      return join(file.subarray(0, at), new Uint8Array(length).fill(random.integer(2) * 255), file.subarray(at + length));
    default: {
      const turned = join(file);
      for (let count = 1 + random.integer(4); count > 0; count--) turned[random.integer(turned.length)] ^= 1 << random.integer(8);
      return turned;
    }
  }
}

test.each(Object.keys(files))('%s', { timeout: 60_000 }, async (name) => {
  const random = new Random(20_261_126);
  let [read, refused] = [0, 0];
  for (let round = 0; round < 150; round++) {
    const content = changed(files[name], random);
    const store = createMemoryStore();
    const datasets = createDatasets({ store, readBuiltin, loadDecoder });
    try {
      const reading = datasets.import({ kind: 'file', name, file: new Blob([content]) });
      for (let next = await reading.next(); !next.done; next = await reading.next());
      read += 1;
    } catch (error) {
      if (!(error instanceof InputError)) throw new Error(`Round ${round}: ${String(error)}`, { cause: error });
      expect(`${error.message} ${JSON.stringify(error.place)}`, error.code).toMatch(/table|texts|pictures|a\.csv|b\.csv|\.txt|\.png/);
      expect(error.advice).not.toBe('');
      expect(await datasets.list()).toEqual([]);
      refused += 1;
    }
  }
  expect(refused, `${read} were read`).toBeGreaterThan(10);
});
