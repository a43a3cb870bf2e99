/** Chunks that a disk has damaged: whose they are is said, all else goes on, and the same data put again mends them. Real files, really changed. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Source } from '../../../src/data/source.js';
import { createWorkbench } from '../../../src/host/node/workbench.js';
import type { Workbench } from '../../../src/host/workbench.js';
import type { ChunkRef } from '../../../src/spec/chunk.js';
import type { DatasetRecord } from '../../../src/spec/dataset.js';

async function finish<Event, Result>(work: AsyncGenerator<Event, Result>, each?: (event: Event) => unknown): Promise<Result> {
  for (let next = await work.next(); ; next = await work.next()) {
    if (next.done) return next.value;
    each?.(next.value);
  }
}

const rows = 9000;
const text = `n,m,parity\n${Array.from({ length: rows }, (_, row) => `${row},${(row * 37) % 101},${row % 2 ? 'odd' : 'even'}`).join('\n')}\n`;
const source: Source = { kind: 'text', name: 'numbers.csv', text };

describe('a store with damaged chunks', () => {
  let folder: string;
  let workbench: Workbench;
  let record: DatasetRecord;
  let other: DatasetRecord;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'benchwright-damage-'));
    workbench = await createWorkbench({ storage: 'files', path: folder });
    record = await finish(workbench.datasets.import(source));
    other = await finish(workbench.datasets.import({ kind: 'builtin', name: 'iris' }));
  });
  afterEach(async () => {
    await workbench.close();
    await rm(folder, { recursive: true, force: true });
  });

  const path = ({ hash }: ChunkRef): string => join(folder, 'chunks', hash);
  const flip = async (ref: ChunkRef): Promise<void> => {
    const content = await readFile(path(ref));
    content[content.length >> 1] ^= 4;
    await writeFile(path(ref), content);
  };
  const reopen = async (): Promise<void> => {
    await workbench.close();
    workbench = await createWorkbench({ storage: 'files', path: folder });
  };
  const error = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'no error',
      (thrown: unknown) => thrown,
    );

  it.each(['flipped', 'gone'])('names the dataset whose chunk is %s, marks it, and keeps the rest usable', async (how) => {
    const [, second] = record.chunks;
    if (how === 'gone') await rm(path(second.ref));
    else await flip(second.ref);
    const code = how === 'gone' ? 'chunk-missing' : 'chunk-damaged';
    expect(await error(workbench.datasets.preview(record.id, 8500, 10))).toMatchObject({
      name: 'StorageError',
      code,
      message: `The dataset "numbers" is damaged: ${rows - 8192} of its ${rows} rows cannot be read.`,
      place: { dataset: record.id },
    });
    // The rows before it, other data and trainings on them go on.
    expect(await workbench.datasets.preview(record.id, 0, 10)).toMatchObject({ rows: 10 });
    expect(await workbench.datasets.list()).toHaveLength(2);
    await finish(workbench.trainer.train({ dataset: other.id, spec: { target: 'species', preset: 'linear', epochs: 1, device: 'wasm' } }));
    const training = finish(workbench.trainer.train({ dataset: record.id, spec: { target: 'parity', epochs: 1, device: 'wasm' } }));
    expect(await error(training)).toMatchObject({ code, place: { dataset: record.id } });
    // It is remembered, also by who opens the folder next.
    await reopen();
    const damage = { kind: 'dataset', id: record.id, name: 'numbers', chunks: 1, of: 2, rows: rows - 8192 };
    expect(await workbench.inventory.damaged()).toMatchObject([damage]);
    expect((await workbench.inventory.items()).filter((item) => item.damage).map(({ id }) => id)).toEqual([record.id]);

    // The same rows again: nothing but the chunk changes.
    expect(await finish(workbench.datasets.revise(record.id, source))).toEqual(record);
    expect(await workbench.inventory.damaged()).toEqual([]);
    expect(await workbench.datasets.preview(record.id, 8500, 10)).toMatchObject({ rows: 10 });
  });

  it('names a model and a run; a .bench file that holds them mends them', async () => {
    const run = await finish(
      workbench.trainer.train({ dataset: other.id, spec: { target: 'species', preset: 'linear', epochs: 1, device: 'wasm' } }),
    );
    const pieces: Uint8Array[] = [];
    await finish(workbench.project.export(), ({ piece }) => pieces.push(piece.slice()));
    const [model] = await workbench.models.list();
    await flip(model.weights);
    await reopen();
    const flower = { sepal_length: 5.9, sepal_width: 3, petal_length: 5.1, petal_width: 1.8 };
    expect(await error(workbench.models.predict(model.id, [flower]))).toMatchObject({
      code: 'chunk-damaged',
      message: `The model "${model.name}" is damaged: its weights cannot be read.`,
      place: { model: model.id },
    });
    expect(await workbench.trainer.run(run.id)).toMatchObject({ status: 'finished' });
    await finish(workbench.project.import(new Blob(pieces as Uint8Array<ArrayBuffer>[])));
    expect(await workbench.inventory.damaged()).toEqual([]);
    expect(await workbench.models.predict(model.id, [flower])).toHaveLength(1);
    expect(await workbench.models.list()).toHaveLength(1);
  });

  it('is found by looking at everything, whatever was damaged: no chunk is missed', async () => {
    await finish(workbench.datasets.revise(record.id, { kind: 'text', name: 'x', text: 'n,m,parity\n1,2,odd\n3,4,even\n' }));
    const versions = (await workbench.datasets.get(record.id)).versions ?? [];
    const all = [...versions.flatMap(({ chunks }) => chunks), ...(await workbench.datasets.get(record.id)).chunks, ...other.chunks];
    expect(await finish(workbench.inventory.check())).toEqual([]);
    for (const { ref } of all) await flip(ref);
    const damage = await finish(workbench.inventory.check());
    expect(damage.map(({ name, chunks }) => [name, chunks]).sort()).toEqual([
      [other.name, other.chunks.length],
      ['numbers', 3],
    ]);
    for (const { ref } of all) await flip(ref);
    expect(await finish(workbench.inventory.check())).toEqual([]);
    expect(await workbench.inventory.damaged()).toEqual([]);
  });

  it('says of a record whose file is damaged what it was, and has all the others', async () => {
    const pieces: Uint8Array[] = [];
    await finish(workbench.project.export(), ({ piece }) => pieces.push(piece.slice()));
    for (const name of await readdir(join(folder, 'records'))) {
      const path = join(folder, 'records', name);
      const content = await readFile(path, 'utf8');
      if (content.includes(record.id)) await writeFile(path, content.replace('numbers', 'Numbers'));
    }
    await reopen();
    expect((await workbench.datasets.list()).map(({ id }) => id)).toEqual([other.id]);
    expect(await error(workbench.datasets.get(record.id))).toMatchObject({
      code: 'record-damaged',
      place: { kind: 'dataset', id: record.id },
    });
    expect(await workbench.inventory.damaged()).toMatchObject([{ kind: 'dataset', id: record.id }]);
    await finish(workbench.trainer.train({ dataset: other.id, spec: { target: 'species', preset: 'linear', epochs: 1, device: 'wasm' } }));
    // What it names is not collected, and a file that has the record mends it.
    expect(await error(workbench.inventory.empty())).toMatchObject({ code: 'record-damaged' });
    await finish(workbench.project.import(new Blob(pieces as Uint8Array<ArrayBuffer>[])));
    expect(await workbench.inventory.damaged()).toEqual([]);
    expect(await workbench.datasets.get(record.id)).toEqual(record);
    expect(await workbench.datasets.preview(record.id, 8500, 10)).toMatchObject({ rows: 10 });
  });

  it('lists what each thing takes, and frees at once what was deleted', async () => {
    const items = await workbench.inventory.items();
    expect(items[0]).toMatchObject({ kind: 'dataset', id: record.id, bytes: items[0].ownBytes });
    expect(items[0].bytes).toBe(record.chunks.reduce((sum, { ref }) => sum + ref.bytes, 0));
    await workbench.datasets.remove(record.id);
    expect((await workbench.inventory.items())[0]).toMatchObject({ id: record.id, deleted: expect.any(Number) });
    expect(await workbench.inventory.empty()).toBeGreaterThanOrEqual(items[0].bytes);
    expect((await workbench.inventory.items()).map(({ id }) => id)).toEqual([other.id]);
    expect(await error(workbench.datasets.restore(record.id))).toMatchObject({ code: 'unknown-dataset' });
  });
});
