/**
 * Runs as a process of its own, to be killed: puts a chunk, then commits two records that name it, and says which number is
 * durable, over and over. `node committer.js FOLDER FIRST LAST PREFIX`
 */
import { openFileStore } from '../../../src/host/node/files.js';
import { bytes, dataset, setting } from './samples.js';

const [folder, first, last, prefix] = process.argv.slice(2);
const store = await openFileStore(folder);
try {
  for (let number = Number(first); number <= Number(last); number++) {
    const ref = await store.putChunk(bytes(20_000, number));
    await store.commit({
      put: [dataset(`${prefix}`, [ref], number), setting(`${prefix}`, number), setting(`${prefix}-${number}`, number)],
    });
    process.stdout.write(`${number}\n`);
  }
} catch (thrown) {
  process.stdout.write(`${(thrown as { code?: string }).code}\n`);
}
await store.close();
