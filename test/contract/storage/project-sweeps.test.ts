/** Sweeps in a project file and among what is kept: with all of their trials, and gone on with elsewhere to the same winner. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sha256 } from '../../../src/base/hash.js';
import { createWorkbench } from '../../../src/host/node/workbench.js';
import type { Workbench } from '../../../src/host/workbench.js';
import type { SweepOutcome, SweepRequest } from '../../../src/train/sweeps/sweeps.js';

async function finish<Event, Result>(work: AsyncGenerator<Event, Result>, each?: (event: Event) => unknown): Promise<Result> {
  for (let next = await work.next(); ; next = await work.next()) {
    if (next.done) return next.value;
    each?.(next.value);
  }
}

async function exported(workbench: Workbench, ...only: Parameters<Workbench['project']['export']>): Promise<Blob> {
  const pieces: BlobPart[] = [];
  await finish(workbench.project.export(...only), ({ piece }) => pieces.push(piece.slice() as Uint8Array<ArrayBuffer>));
  return new Blob(pieces);
}

const formatOf = async (file: Blob): Promise<number> => new DataView(await file.arrayBuffer()).getUint32(8, true);

let home: Workbench;
let whole: SweepOutcome;
let cutOff: string;
let dataset: string;

const requestOf = (from: string): SweepRequest => ({
  dataset: from,
  spec: { target: 'kind', preset: 'mlp', epochs: 6, seed: 1, device: 'wasm' },
  sweep: {
    method: 'successiveHalving',
    trials: 4,
    firstRung: 2,
    fields: [{ field: 'learningRate', kind: 'logUniform', from: 0.001, to: 0.1 }],
  },
});

beforeAll(async () => {
  home = await createWorkbench();
  const rows = Array.from({ length: 90 }, (_, row) => `${row % 9},${(row * 7) % 13},${row % 9 > 4 ? 'high' : 'low'}`);
  const text = `a,b,kind\n${rows.join('\n')}\n`;
  ({ id: dataset } = await finish(home.datasets.import({ kind: 'text', name: 'rows.csv', text })));
  whole = await finish(home.sweeps.run(requestOf(dataset)));
  const cancel = new AbortController();
  const work = finish(home.sweeps.run(requestOf(dataset), { signal: cancel.signal }), (event) => {
    if (event.kind === 'trials') cutOff = event.record.id;
    if (event.kind === 'trial' && event.trial.status === 'paused') cancel.abort();
  });
  await expect(work).rejects.toMatchObject({ name: 'AbortError' });
}, 60_000);
afterAll(() => home.close());

it('goes out and in whole, is found there again, and goes on there to the same winner', { timeout: 60_000 }, async () => {
  const there = await createWorkbench();
  const file = await exported(home);
  expect(await formatOf(file)).toBe(3);
  const outcomes = async (): Promise<string[]> =>
    (await finish(there.project.import(file))).map(({ kind, outcome }) => `${kind} ${outcome}`).sort();
  expect(await outcomes()).toEqual(['dataset new', 'model new', 'run new', 'sweep new', 'sweep new']);
  expect(await there.sweeps.list()).toEqual(await home.sweeps.list());
  expect(await there.sweeps.trials(whole.sweep.id)).toEqual(whole.trials);
  expect(await there.trainer.insight(whole.run.id)).toEqual(await home.trainer.insight(whole.run.id));
  expect(await outcomes()).toEqual(['dataset there', 'model there', 'run there', 'sweep there', 'sweep there']);
  const { sweep, trials } = await finish(there.sweeps.run({ ...requestOf(dataset), resume: cutOff }));
  expect(sweep.winner).toBe(whole.sweep.winner);
  expect(trials.map(({ curve }) => curve)).toEqual(whole.trials.map(({ curve }) => curve));
  // What went on here is another sweep than the one that was sent: that one comes in beside it, with trials of its own.
  expect(await outcomes()).toEqual(['dataset there', 'model there', 'run there', 'sweep beside', 'sweep there']);
  const beside = (await there.sweeps.list()).find(({ id }) => id !== cutOff && id !== whole.sweep.id);
  expect(beside).toMatchObject({ status: 'interrupted', dataset: { id: dataset } });
  const strip = ({ id: _, sweep: __, ...rest }: Awaited<ReturnType<Workbench['sweeps']['trials']>>[number]) => rest;
  expect((await there.sweeps.trials(beside?.id as string)).map(strip)).toEqual((await home.sweeps.trials(cutOff)).map(strip));
  expect(await outcomes()).toEqual(['dataset there', 'model there', 'run there', 'sweep there', 'sweep there']);
  await there.close();
});

it('takes along what it needs, and is not there in older formats', async () => {
  const file = await exported(home, [{ kind: 'sweep', id: whole.sweep.id }]);
  expect((await home.project.inspect(file)).map(({ kind, id }) => [kind, id]).sort()).toEqual(
    [
      ['dataset', dataset],
      ['model', whole.run.modelId],
      ['run', whole.run.id],
      ['sweep', whole.sweep.id],
    ].sort(),
  );
  expect(await formatOf(await exported(home, [{ kind: 'dataset', id: dataset }]))).toBe(1);
});

it('is refused where trials are missing, of another sweep or under another id', async () => {
  const bytes = new Uint8Array(await (await exported(home, [{ kind: 'sweep', id: whole.sweep.id }])).arrayBuffer());
  // biome-ignore lint/suspicious/noExplicitAny: a list of contents that lies may have any form
  const forged = async (lie: (trials: any[], records: any[]) => void): Promise<Blob> => {
    const length = new DataView(bytes.buffer).getUint32(12, true);
    const manifest = JSON.parse(new TextDecoder().decode(bytes.subarray(48, 48 + length)));
    lie(
      manifest.records.filter(({ kind }: { kind: string }) => kind === 'trial'),
      manifest.records,
    );
    const list = new TextEncoder().encode(JSON.stringify(manifest));
    const header = bytes.slice(0, 48);
    new DataView(header.buffer).setUint32(12, list.byteLength, true);
    header.set(Buffer.from(await sha256(list), 'hex'), 16);
    return new Blob([header, list, bytes.subarray(48 + length)]);
  };
  expect(await home.project.inspect(await forged(() => undefined))).toHaveLength(4);
  for (const lie of [
    ([trial], records) => records.splice(records.indexOf(trial), 1),
    ([trial]) => Object.assign(trial, { sweep: 'another' }),
    ([trial]) => Object.assign(trial, { id: '../x' }),
    ([trial]) => Object.assign(trial, { number: 2 }),
    ([trial]) => Object.assign(trial, { rungs: 7 }),
    // biome-ignore lint/suspicious/noExplicitAny: as above
  ] satisfies ((trials: any[], records: any[]) => void)[]) {
    await expect(home.project.inspect(await forged(lie))).rejects.toMatchObject({ code: 'project-damaged' });
  }
});

it('is among what is kept, with what its trials take, and goes for good with them', async () => {
  const there = await createWorkbench();
  await finish(there.project.import(await exported(home)));
  const kept = async () => (await there.inventory.items()).filter(({ kind }) => kind === 'sweep');
  const cut = (await kept()).find(({ id }) => id === cutOff);
  expect(cut?.bytes).toBeGreaterThan(0);
  expect(cut).toMatchObject({ name: 'kind from rows', ownBytes: cut?.bytes });
  await there.sweeps.remove(cutOff);
  expect((await kept()).find(({ id }) => id === cutOff)).toMatchObject({ deleted: expect.any(Number) });
  expect(await there.inventory.empty()).toBe(cut?.bytes);
  expect((await kept()).map(({ id }) => id)).toEqual([whole.sweep.id]);
  await expect(there.sweeps.trials(cutOff)).rejects.toMatchObject({ code: 'unknown-sweep' });
  // The id is free again: were a trial left, it would be in the way.
  expect((await finish(there.project.import(await exported(home)))).filter(({ outcome }) => outcome === 'new').map(({ id }) => id)).toEqual(
    [cutOff],
  );
  await there.close();
});
