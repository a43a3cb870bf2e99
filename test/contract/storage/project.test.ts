/** A project in one file: the same data, run, model and answers elsewhere; nothing overwritten; nothing believed that is not so. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/base/hash.js';
import { Random } from '../../../src/base/random.js';
import { createWorkbench } from '../../../src/host/node/index.js';
import type { Workbench } from '../../../src/host/workbench.js';
import type { RunRecord } from '../../../src/spec/run.js';
import type { ProjectArrival, ProjectKind } from '../../../src/storage/bundle/project.js';
import { code } from './place.js';

const flower = { sepal_length: 5.9, sepal_width: 3, petal_length: 5.1, petal_width: 1.8 };
let home: Workbench;
let run: RunRecord;
let whole: Uint8Array;
const folders: string[] = [];

async function drain<Event, Result>(events: AsyncGenerator<Event, Result>, each?: (event: Event) => unknown): Promise<Result> {
  for (let next = await events.next(); ; next = await events.next()) {
    if (next.done) return next.value;
    await each?.(next.value);
  }
}

async function exported(workbench: Workbench, only?: { kind: ProjectKind; id: string }[]): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const content = await drain(workbench.project.export(only), ({ piece }) => pieces.push(piece.slice()));
  const file = new Uint8Array(Buffer.concat(pieces));
  expect(content.size).toBe(file.byteLength);
  return file;
}

const fileOf = (bytes: Uint8Array): Blob => new Blob([bytes as Uint8Array<ArrayBuffer>]);
const take = (workbench: Workbench, bytes: Uint8Array): Promise<ProjectArrival[]> => drain(workbench.project.import(fileOf(bytes)));
const outcomes = (arrivals: ProjectArrival[]): string[] => arrivals.map(({ kind, outcome }) => `${kind} ${outcome}`).sort();

async function folderWorkbench(): Promise<Workbench> {
  folders.push(await mkdtemp(join(tmpdir(), 'benchwright-project-')));
  return await createWorkbench({ storage: 'files', path: folders[folders.length - 1] });
}

/** The same file with another list of contents, sealed as a forger would seal it. */
async function forged(change: (manifest: { records: Record<string, unknown>[]; [key: string]: unknown }) => unknown): Promise<Uint8Array> {
  const length = new DataView(whole.buffer).getUint32(12, true);
  const manifest = JSON.parse(new TextDecoder().decode(whole.subarray(48, 48 + length)));
  const changed = change(manifest);
  const text = new TextEncoder().encode(typeof changed === 'string' ? changed : JSON.stringify(changed === undefined ? manifest : changed));
  const header = whole.slice(0, 48);
  new DataView(header.buffer).setUint32(12, text.byteLength, true);
  header.set(Buffer.from(await sha256(text), 'hex'), 16);
  return new Uint8Array(Buffer.concat([header, text, whole.subarray(48 + length)]));
}

beforeAll(async () => {
  home = await createWorkbench();
  const dataset = await drain(home.datasets.import({ kind: 'builtin', name: 'iris' }));
  run = await drain(home.trainer.train({ dataset: dataset.id, spec: { target: 'species', epochs: 3, seed: 5, device: 'wasm' } }));
  whole = await exported(home);
}, 60_000);
afterAll(async () => {
  await home.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe('a project', () => {
  it('is the same in another place: records, rows, hashes and answers to the last bit, and exports again as the same content', async () => {
    const there = await folderWorkbench();
    expect(outcomes(await there.project.inspect(fileOf(whole)))).toEqual(['dataset new', 'model new', 'run new']);
    expect(await there.datasets.list()).toEqual([]);
    await take(there, whole);
    expect(await there.datasets.list()).toEqual(await home.datasets.list());
    expect(await there.trainer.run(run.id)).toEqual(await home.trainer.run(run.id));
    const [{ id }] = await there.datasets.list();
    expect(await there.datasets.preview(id, 0, 150)).toEqual(await home.datasets.preview(id, 0, 150));
    const model = String(run.modelId);
    expect(await there.models.predict(model, [flower])).toEqual(await home.models.predict(model, [flower]));
    const again = await exported(there);
    const second = await createWorkbench();
    await take(second, again);
    expect(await second.models.list()).toEqual(await home.models.list());
    await there.close();
    await second.close();
  });

  it('imported twice is there once, also after it met other content under its ids', async () => {
    const there = await createWorkbench();
    await take(there, whole);
    expect(outcomes(await take(there, whole))).toEqual(['dataset there', 'model there', 'run there']);
    const [{ id }] = await there.datasets.list();
    await there.datasets.rename(id, 'Mine');
    await there.models.rename(String(run.modelId), 'Also mine');
    const arrivals = await take(there, whole);
    expect(outcomes(arrivals)).toEqual(['dataset beside', 'model beside', 'run beside']);
    expect((await there.datasets.get(id)).name).toBe('Mine');
    const as = (kind: ProjectKind): string => String(arrivals.find((arrival) => arrival.kind === kind)?.as);
    const copy = await there.trainer.run(as('run'));
    expect([copy.dataset.id, copy.modelId]).toEqual([as('dataset'), as('model')]);
    expect((await there.models.get(as('model'))).lineage.run).toBe(as('run'));
    expect(outcomes(await take(there, whole))).toEqual(['dataset there', 'model there', 'run there']);
    expect(await there.datasets.list()).toHaveLength(2);
    await there.close();
  });

  it('brings back what was deleted', async () => {
    const there = await createWorkbench();
    await take(there, whole);
    const [{ id }] = await there.datasets.list();
    await there.datasets.remove(id);
    await take(there, whole);
    expect(await there.datasets.list()).toEqual(await home.datasets.list());
    await there.close();
  });

  it('may be one model, which answers by itself, or a run with what it needs', async () => {
    const model = String(run.modelId);
    const there = await createWorkbench();
    expect(outcomes(await take(there, await exported(home, [{ kind: 'model', id: model }])))).toEqual(['model new']);
    expect(await there.models.predict(model, [flower])).toEqual(await home.models.predict(model, [flower]));
    const arrivals = await there.project.inspect(fileOf(await exported(home, [{ kind: 'run', id: run.id }])));
    expect(outcomes(arrivals)).toEqual(['dataset new', 'model there', 'run new']);
    await expect(exported(home, [{ kind: 'run', id: 'none' }])).rejects.toEqual(code('unknown-item'));
    await there.close();
  });

  it('cancelled leaves nothing, whichever way it goes', async () => {
    const there = await createWorkbench();
    for (const stop of ['signal', 'return']) {
      const aborting = new AbortController();
      const importing = there.project.import(fileOf(whole), aborting.signal);
      await importing.next();
      await importing.next();
      if (stop === 'return') await importing.return([]);
      else {
        aborting.abort();
        await expect(drain(importing)).rejects.toEqual(code('cancelled'));
      }
      expect(await there.project.items()).toEqual([]);
      expect((await there.usage()).used).toBe(0);
    }
    await there.close();
  });
});

describe('a project file from outside', () => {
  let there: Workbench;
  beforeAll(async () => {
    there = await createWorkbench();
  });
  afterAll(() => there.close());
  const refused = async (bytes: Uint8Array, expected: string): Promise<void> => {
    await expect(take(there, bytes)).rejects.toEqual(code(expected));
    expect(await there.project.items()).toEqual([]);
    expect((await there.usage()).used).toBe(0);
  };

  it('is refused when any one of its bytes has changed, or it was cut anywhere or made longer', async () => {
    const random = new Random(3);
    for (let time = 0; time < 60; time++) {
      const at = time < 48 ? time : Math.floor(random.uniform() * whole.byteLength);
      const changed = whole.slice();
      changed[at] ^= 1 << Math.floor(random.uniform() * 8);
      // Another format that is known says something else than the list of contents does.
      const isNewer = at < 12 && new DataView(changed.buffer).getUint32(8, true) - 1 >= 3;
      await refused(changed, at < 8 ? 'not-a-project' : isNewer ? 'project-newer' : 'project-damaged');
      const cut = Math.floor(random.uniform() * whole.byteLength);
      await refused(whole.slice(0, cut), cut < 48 ? 'not-a-project' : 'project-damaged');
    }
    await refused(new Uint8Array(Buffer.concat([whole, Buffer.alloc(1)])), 'project-damaged');
    await refused(new Uint8Array(0), 'not-a-project');
  });

  it('is refused when it is sealed but lies', async () => {
    for (const lie of [
      (manifest: { chunks?: unknown }) => ({ ...manifest, version: 2 }),
      (manifest: { chunks?: unknown }) => ({ ...manifest, chunks: [] }),
      (manifest: { chunks?: unknown }) => ({ ...manifest, chunks: [...(manifest.chunks as unknown[])].reverse() }),
      () => [],
      () => null,
      (manifest: { records: Record<string, unknown>[] }) => void Object.assign(manifest.records[0], { rows: 'many' }),
      (manifest: { records: Record<string, unknown>[] }) => void Object.assign(manifest.records[0], { id: '../../outside' }),
      (manifest: { records: Record<string, unknown>[] }) => void Object.assign(manifest.records[0], { kind: 'setting' }),
      (manifest: { records: Record<string, unknown>[] }) => void Object.assign(manifest.records[0], { kind: '__proto__' }),
      (manifest: { records: Record<string, unknown>[] }) => void manifest.records.push(manifest.records[0]),
      (manifest: { records: unknown[] }) => void manifest.records.push(null),
    ]) {
      await refused(await forged(lie as never), 'project-damaged');
    }
    await refused(await forged(() => `${'['.repeat(200_000)}${']'.repeat(200_000)}`), 'project-damaged');
  });

  it('cannot touch what objects have in common', async () => {
    const hostile = await forged((manifest) => {
      Object.defineProperty(manifest.records[0], '__proto__', { value: { polluted: true }, enumerable: true });
    });
    await take(there, hostile).catch(() => undefined);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
