/** Versions of datasets and saved pipelines in a project file: they go out and come in, and join what is there. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/base/hash.js';
import { createWorkbench } from '../../../src/host/node/workbench.js';
import type { Workbench } from '../../../src/host/workbench.js';
import type { DatasetRecord } from '../../../src/spec/dataset.js';

async function finish<Event, Result>(work: AsyncGenerator<Event, Result>, each?: (event: Event) => unknown): Promise<Result> {
  for (let next = await work.next(); ; next = await work.next()) {
    if (next.done) return next.value;
    each?.(next.value);
  }
}

async function exported(workbench: Workbench): Promise<Blob> {
  const pieces: BlobPart[] = [];
  await finish(workbench.project.export(), ({ piece }) => pieces.push(piece.slice() as Uint8Array<ArrayBuffer>));
  return new Blob(pieces);
}

const formatOf = async (file: Blob): Promise<number> => new DataView(await file.arrayBuffer()).getUint32(8, true);
const text = (rows: number): string =>
  `a,b\n${Array.from({ length: rows }, (_, row) => `${row},${row % 2 ? 'odd' : 'even'}`).join('\n')}\n`;
const source = (rows: number) => ({ kind: 'text', name: `${rows}.csv`, text: text(rows) }) as const;

describe('a project with versions and saved pipelines', () => {
  let home: Workbench;
  let there: Workbench;
  let first: DatasetRecord;
  beforeEach(async () => {
    [home, there] = await Promise.all([createWorkbench(), createWorkbench()]);
    first = await finish(home.datasets.import({ ...source(9000), name: 'rows.csv' }));
  });
  afterEach(async () => {
    await home.close();
    await there.close();
  });
  const outcomes = async (file: Blob): Promise<string[]> =>
    (await finish(there.project.import(file))).map(({ kind, outcome }) => `${kind} ${outcome}`);

  it('is the same elsewhere, every version of it', async () => {
    expect(await formatOf(await exported(home))).toBe(1);
    await finish(home.datasets.revise(first.id, { kind: 'text', name: 'more.csv', text: 'a,b\n7,odd\n' }, { append: true }));
    await finish(home.datasets.revise(first.id, source(5)));
    await home.datasets.useVersion(first.id, 2);
    const saved = await home.pipelines.save('Mine', { columns: [{ column: 'a', step: { as: 'number', scale: 'robust' } }] });
    const file = await exported(home);
    expect(await formatOf(file)).toBe(2);
    expect(await outcomes(file)).toEqual(['dataset new', 'pipeline new']);
    expect(await there.datasets.get(first.id)).toEqual(await home.datasets.get(first.id));
    expect(await there.datasets.versions(first.id)).toEqual(await home.datasets.versions(first.id));
    for (const number of [1, 2, 3])
      expect(await there.datasets.preview(first.id, 0, 9100, number)).toEqual(await home.datasets.preview(first.id, 0, 9100, number));
    expect(await there.pipelines.list()).toEqual([saved]);
    expect(await outcomes(file)).toEqual(['dataset there', 'pipeline there']);
  });

  it('brings versions to a dataset that is there, and leaves in use what is in use there', async () => {
    const old = await exported(home);
    await finish(there.project.import(old));
    await finish(home.datasets.revise(first.id, source(5)));
    await finish(there.datasets.revise(first.id, source(6)));
    const file = await exported(home);
    expect((await there.project.inspect(file)).map(({ outcome, as }) => [outcome, as])).toEqual([['versions', first.id]]);
    expect(await outcomes(file)).toEqual(['dataset versions']);
    expect(await there.datasets.get(first.id)).toMatchObject({ rows: 6, version: { number: 2 } });
    expect((await there.datasets.versions(first.id)).map(({ number, rows }) => [number, rows])).toEqual([
      [3, 5],
      [2, 6],
      [1, 9000],
    ]);
    expect(await outcomes(file)).toEqual(['dataset there']);
    // An older file of the same dataset has nothing that is not there.
    expect(await outcomes(old)).toEqual(['dataset there']);
  });

  it('refuses versions that are not told apart, and a pipeline under an id of other settings', async () => {
    await finish(home.datasets.revise(first.id, source(5)));
    await home.pipelines.save('Mine', {});
    const whole = new Uint8Array(await (await exported(home)).arrayBuffer());
    // biome-ignore lint/suspicious/noExplicitAny: a list of contents that lies may have any form
    const forged = async (lie: (records: any[]) => void): Promise<Blob> => {
      const length = new DataView(whole.buffer).getUint32(12, true);
      const manifest = JSON.parse(new TextDecoder().decode(whole.subarray(48, 48 + length)));
      lie(manifest.records);
      const list = new TextEncoder().encode(JSON.stringify(manifest));
      const header = whole.slice(0, 48);
      new DataView(header.buffer).setUint32(12, list.byteLength, true);
      header.set(Buffer.from(await sha256(list), 'hex'), 16);
      return new Blob([header, list, whole.subarray(48 + length)]);
    };
    expect(await outcomes(await forged(() => undefined))).toEqual(['dataset new', 'pipeline new']);
    for (const lie of [
      ([dataset]) => Object.assign(dataset.versions[0], { hash: dataset.hash }),
      ([dataset]) => Object.assign(dataset.versions[0].version, { number: dataset.version.number }),
      ([dataset]) => Object.assign(dataset.versions[0].version, { number: -1 }),
      ([dataset]) => Object.assign(dataset.version, { number: 1.5 }),
      ([, pipeline]) => Object.assign(pipeline, { id: 'device/wasm' }),
      ([, pipeline]) => Object.assign(pipeline.value, { id: '../x' }),
      ([, pipeline]) => Object.assign(pipeline.value, { pipeline: { columns: 7 } }),
      // biome-ignore lint/suspicious/noExplicitAny: as above
    ] satisfies ((records: any[]) => void)[]) {
      await expect(outcomes(await forged(lie))).rejects.toMatchObject({ code: 'project-damaged' });
    }
  });

  it('puts another pipeline of the same id beside the one that is there, and refuses other settings', async () => {
    const { id } = await home.pipelines.save('Mine', {});
    await there.pipelines.save('Another', {}, id);
    expect(await outcomes(await exported(home))).toEqual(['dataset new', 'pipeline beside']);
    expect((await there.pipelines.list()).map(({ name }) => name).sort()).toEqual(['Another', 'Mine']);
    expect(await outcomes(await exported(home))).toEqual(['dataset there', 'pipeline there']);
    const only: BlobPart[] = [];
    const { items } = await finish(home.project.export([{ kind: 'pipeline', id }]), ({ piece }) =>
      only.push(piece as Uint8Array<ArrayBuffer>),
    );
    expect(items).toMatchObject([{ kind: 'pipeline', id, name: 'Mine', bytes: 0 }]);
  });
});
