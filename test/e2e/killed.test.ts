/** The browser is killed while tables are imported and models saved, and its disk runs full: what was kept before is whole each time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Random } from '../../src/base/random.js';
import { KillableBrowser } from './support/killable.js';
import { librarySite, type Site } from './support/site.js';

/** Works for ever, telling the server of each dataset and model that is durable. */
const script = `
import { createWorkbench } from './benchwright/index.js';
const finish = async (work) => { for (;;) { const next = await work.next(); if (next.done) return next.value; } };
const workbench = await createWorkbench();
const table = (number, rows) => 'x,y,z\\n' + Array.from({ length: rows }, (_, row) => [row % 97, (row * 7 + number) % 89, (row + number) % 2 ? 'odd' : 'even'].join(',')).join('\\n');
const bring = (number, rows, options) => finish(workbench.datasets.import({ kind: 'text', name: 'table ' + number, text: table(number, rows) }, options));
const growing = async () => (await workbench.datasets.list()).find(({ name }) => name === 'growing');
/** One row more, as a new version; of the versions the last three stay. */
const grow = async () => {
  const { id } = (await growing()) ?? (await finish(workbench.datasets.import({ kind: 'text', name: 'growing', text: table(1, 200) })));
  await finish(workbench.datasets.revise(id, { kind: 'text', name: 'row', text: 'x,y,z\\n1,2,odd\\n' }, { append: true }));
  const versions = await workbench.datasets.versions(id);
  if (versions.length > 3) await workbench.datasets.removeVersion(id, versions.at(-1).number);
};
globalThis.work = async (first) => {
  for (let number = first; ; number++) {
    const { id } = await bring(number, 40000);
    await fetch('durable-dataset-' + number);
    await grow();
    const spec = { target: 'z', preset: 'mlp', epochs: 1, seed: number, device: 'wasm' };
    const small = await bring(-number, 200);
    await finish(workbench.trainer.train({ dataset: small.id, spec }));
    await workbench.datasets.remove(small.id);
    await fetch('durable-model-' + number);
  }
};
globalThis.look = async () => {
  const datasets = (await workbench.datasets.list()).filter(({ rows }) => rows === 40000);
  for (const { id, rows } of datasets) {
    const { columns } = await workbench.datasets.preview(id, 0, rows);
    if (columns[0].values.length !== rows) throw new Error('rows are gone');
  }
  const grown = await growing();
  for (const { number, rows } of grown ? await workbench.datasets.versions(grown.id) : []) {
    if (rows !== 199 + number) throw new Error('a version has lost or gained rows');
    const { columns } = await workbench.datasets.preview(grown.id, 0, rows, number);
    if (columns[0].values.length !== rows) throw new Error('rows of a version are gone');
  }
  const models = await workbench.models.list();
  for (const { id } of models) {
    const [{ probabilities }] = await workbench.models.predict(id, [{ x: 3, y: 4 }]);
    if (probabilities.some(({ probability }) => !(probability >= 0))) throw new Error('no answer');
  }
  const finished = (await workbench.trainer.runs()).filter(({ status }) => status === 'finished');
  return { datasets: datasets.length, models: models.length, finished: finished.length };
};
/** Said before anything is written and, where that is passed over, in the midst of it. */
globalThis.fill = async () => {
  const code = (work) => work.then(() => 'no error', (error) => error.code);
  const failed = [await code(bring(1, 400000)), await code(bring(1, 400000, { evenIfFull: true }))];
  return { failed, ...(await look()) };
};
document.title = 'ready';
`;

let site: Site;
let profile: string;
let browser: KillableBrowser;
let durable = { dataset: 0, model: 0 };
let saidModels = 0;

type Found = { datasets: number; models: number; finished: number };
declare const work: (first: number) => Promise<void>;
declare const look: () => Promise<Found>;
declare const fill: () => Promise<Found & { failed: string[] }>;

beforeAll(async () => {
  site = await librarySite(script, (path) => {
    const said = /durable-(dataset|model)-(\d+)$/.exec(path);
    if (said?.[1] === 'model') saidModels += 1;
    if (said) durable[said[1] as 'dataset' | 'model'] = Number(said[2]);
  });
});
afterAll(() => site.stop());
beforeEach(() => {
  durable = { dataset: 0, model: 0 };
  saidModels = 0;
  profile = mkdtempSync(join(tmpdir(), 'benchwright-profile-'));
});
afterEach(async () => {
  await browser.kill();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

async function openPage() {
  browser = await KillableBrowser.launch(profile);
  const page = await browser.open(site.address);
  await expect.poll(() => page.title(), { timeout: 20_000 }).toBe('ready');
  return page;
}

it('is at its last or next dataset and model after the browser was killed at any moment', { timeout: 240_000 }, async () => {
  const random = new Random(29);
  for (let round = 0; round < 10; round++) {
    let page = await openPage();
    const before = { ...durable };
    await page.evaluate((first) => void work(first), before.dataset + 1);
    // Rounds end in a first import, in a training, or in a later one of either.
    const wanted = round % 2 === 0 ? 'dataset' : 'model';
    await expect.poll(() => durable[wanted], { timeout: 60_000, interval: 5 }).toBeGreaterThan(before[wanted]);
    await new Promise((resolve) => setTimeout(resolve, random.uniform() * 700));
    await browser.kill();
    page = await openPage();
    const { datasets, models, finished } = await page.evaluate(() => look());
    expect([durable.dataset, durable.dataset + 1]).toContain(datasets);
    expect(models).toBe(finished);
    expect([saidModels, saidModels + 1]).toContain(models);
    saidModels = models;
    durable.dataset = datasets;
    await browser.kill();
  }
});

it('says that there is no room in the midst of an import, and keeps what it has', { timeout: 120_000 }, async () => {
  const page = await openPage();
  await page.evaluate((first) => void work(first), 1);
  await expect.poll(() => durable.model, { timeout: 60_000 }).toBeGreaterThan(0);
  await page.reload();
  await expect.poll(() => page.title(), { timeout: 20_000 }).toBe('ready');
  const before = await page.evaluate(() => look());
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(site.address);
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 2_000_000 });
  expect(await page.evaluate(() => fill())).toEqual({ failed: ['storage-short', 'storage-full'], ...before });
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  expect((await page.evaluate(() => fill())).failed).toEqual(['no error', 'no error']);
});
