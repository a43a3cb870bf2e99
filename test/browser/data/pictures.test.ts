/** The same bits in a browser as in Node: decoded, resized, and brought in from a zip. */
import { expect, test } from 'vitest';
import { createDatasets } from '../../../src/data/catalogue.js';
import { decodePicture } from '../../../src/data/pictures/decode.js';
import { resizePicture } from '../../../src/data/pictures/resize.js';
import { loadDecoder } from '../../../src/host/browser/decoder.js';
import { createMemoryStore } from '../../../src/storage/memory.js';
import hashes from '../../golden/pictures/hashes.json' with { type: 'json' };
import resized from '../../golden/pictures/resized.json' with { type: 'json' };

const addresses = import.meta.glob<string>('../../golden/pictures/*.{png,jpeg,webp,zip}', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function golden(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(addresses[`../../golden/pictures/${name}`]);
  return new Uint8Array(await response.arrayBuffer());
}

async function sha256(pixels: Uint8Array | Uint8ClampedArray): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', pixels.slice());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

test.each(Object.keys(hashes) as (keyof typeof hashes)[])('%s', async (name) => {
  const picture = await decodePicture(await golden(name), name, loadDecoder);
  expect(await sha256(picture.pixels)).toBe(hashes[name]);
  expect(await sha256(resizePicture(picture, { height: 7, width: 5, channels: 3 }))).toBe(resized[name]);
});

test('a zip', async () => {
  const datasets = createDatasets({
    store: createMemoryStore(),
    loadDecoder,
    readBuiltin: async (file) => {
      throw new Error(`Nobody needs ${file}.`);
    },
  });
  const reading = datasets.import({ kind: 'file', name: 'pets.zip', file: new Blob([await golden('small.zip')]) });
  let next = await reading.next();
  while (!next.done) next = await reading.next();
  const [column] = (await datasets.preview(next.value.id, 0, 9)).columns;
  expect(column.kind === 'picture' && (await sha256(column.pixels))).toBe(resized['small.zip']);
});
