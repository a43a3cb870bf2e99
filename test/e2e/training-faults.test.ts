/** Real faults under real trainings: the browser, its graphics process and its disk fail, a worker loops for ever. The training goes on or is gone on with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Random } from '../../src/base/random.js';
import type { Incident } from '../../src/spec/incident.js';
import type { RunRecord } from '../../src/spec/run.js';
import { KillableBrowser } from './support/killable.js';
import { librarySite, type Site } from './support/site.js';

/** Trains, and tells the server of every step that it hears of: what a page knows is gone when the browser is. */
const script = `
import { createWorkbench } from './benchwright/index.js';
const workbench = await createWorkbench();
const finish = async (work) => { for (;;) { const next = await work.next(); if (next.done) return next.value; } };
const table = Array.from({ length: 120 }, (_, row) => [row % 97, (row * 7) % 89, row % 13, row % 97 > (row * 7) % 89 ? 'more' : 'less'].join(','));
const bring = async () => (await workbench.datasets.list())[0] ?? finish(workbench.datasets.import({ kind: 'text', name: 'table', text: ['a,b,c,side', ...table].join('\\n') }));
globalThis.incidents = [];
const train = async (spec, resume) => {
  const { id: dataset } = await bring();
  globalThis.stop = new AbortController();
  const request = { dataset, spec: { target: 'side', preset: 'mlp', batchSize: 16, seed: 3, patience: 0, ...spec }, ...(resume ? { resume } : {}) };
  let stage;
  const work = workbench.trainer.train(request, { stop: globalThis.stop.signal });
  for (;;) {
    const { done, value } = await work.next();
    if (done) return value;
    if (value.kind === 'incident') globalThis.incidents.push(value.incident);
    if (value.kind === 'stage') stage = value.stage;
    if (value.kind === 'progress' && stage === 'training') void fetch('step-' + value.step);
  }
};
globalThis.begin = (spec, resume) => { globalThis.ended = train(spec, resume).then((run) => ({ run }), ({ code, message }) => ({ code, message })); };
globalThis.runs = () => workbench.trainer.runs();
globalThis.models = () => workbench.models.list();
document.title = 'ready';
`;

interface Ended {
  run?: RunRecord;
  code?: string;
  message?: string;
}
declare const begin: (spec: object, resume?: string) => void;
declare const ended: Promise<Ended>;
declare const runs: () => Promise<RunRecord[]>;
declare const models: () => Promise<unknown[]>;
declare const stop: AbortController;
declare const incidents: Incident[];

let site: Site;
let profile: string;
let browser: KillableBrowser;
/** When the server was told of which step. */
let told: { time: number; step: number }[] = [];

beforeAll(async () => {
  site = await librarySite(script, (path) => {
    const said = /step-(\d+)$/.exec(path);
    if (said) told.push({ time: Date.now(), step: Number(said[1]) });
  });
});
afterAll(() => site.stop());
beforeEach(() => {
  told = [];
  profile = mkdtempSync(join(tmpdir(), 'benchwright-profile-'));
});
afterEach(async () => {
  await browser.kill();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

async function openPage(webgpu = false): Promise<Page> {
  browser = await KillableBrowser.launch(profile, webgpu ? ['--enable-unsafe-webgpu'] : []);
  const page = await browser.open(site.address);
  await expect.poll(() => page.title(), { timeout: 20_000 }).toBe('ready');
  return page;
}

const endless = { epochs: 100_000, device: 'wasm' };
const short = { epochs: 4, device: 'wasm' };

/** The figures of a training that nothing happens to. */
async function undisturbed(page: Page, spec: object): Promise<RunRecord> {
  return (
    await page.evaluate((given) => {
      begin(given);
      return ended;
    }, spec)
  ).run as RunRecord;
}

it('loses at most ten seconds of a training when the browser is killed at any time, and goes on from there', async () => {
  const random = new Random(31);
  let resumed: string | undefined;
  let reached: number | undefined;
  for (const [least, most] of [
    [11, 16],
    [2, 6],
  ]) {
    const page = await openPage();
    told = [];
    await page.evaluate(([spec, run]) => begin(spec as object, run as string | undefined), [endless, resumed] as const);
    await expect.poll(() => told.length).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 1000 * (least + random.uniform() * (most - least))));
    const killed = Date.now();
    await browser.kill();
    const [{ id, checkpoint }] = await (await openPage()).evaluate(() => runs());
    await browser.kill();
    const past = told.find(({ step }) => step > (checkpoint?.steps ?? 0));
    expect(killed - (past?.time ?? killed)).toBeLessThan(10_000);
    expect(checkpoint?.steps).toBeGreaterThan(told[0].step);
    if (reached !== undefined) expect(told[0].step).toBeGreaterThan(reached);
    reached = checkpoint?.steps;
    resumed = id;
  }
});

it('goes on when the graphics process is killed; killed again, on wasm, with the figures of a training without faults', async () => {
  const page = await openPage(true);
  const expected = await undisturbed(page, short);
  told = [];
  await page.evaluate((spec) => begin(spec), { ...short, device: 'webgpu' });
  for (const losses of [1, 2]) {
    const already = told.length;
    await expect.poll(() => told.length, { timeout: 60_000 }).toBeGreaterThan(already);
    browser.killGraphicsProcess();
    await expect.poll(() => page.evaluate(() => incidents.length), { timeout: 60_000 }).toBe(losses);
  }
  const { run } = await page.evaluate(() => ended);
  expect(run).toMatchObject({ status: 'finished', device: { device: 'wasm' } });
  expect(run?.incidents?.map(({ code }) => code)).toEqual(['device-lost', 'device-lost']);
  for (const [epoch, { validationLoss }] of expected.curve.entries())
    expect((run?.curve[epoch].validationLoss ?? 0) / validationLoss).toBeCloseTo(1, 4);
});

it('replaces a worker that loops for ever under a training, which ends as it would have', async () => {
  const page = await openPage();
  const spec = { epochs: 4000, device: 'wasm' };
  await page.evaluate((given) => begin(given), spec);
  await expect.poll(() => page.evaluate(async () => (await runs())[0]?.checkpoint?.steps ?? 0)).toBeGreaterThan(0);
  const looping = Date.now();
  const engine = page.workers().find((worker) => worker.url().includes('engine'));
  void engine
    ?.evaluate(() => {
      for (;;);
    })
    .catch(() => undefined);
  await expect.poll(() => page.evaluate(() => incidents.map(({ code }) => code)), { timeout: 30_000 }).toEqual(['worker-hung']);
  expect(Date.now() - looping).toBeLessThan(15_000);
  const { run } = await page.evaluate(() => ended);
  const { curve, scores } = await undisturbed(page, spec);
  expect(run).toMatchObject({ status: 'finished', curve, scores });
});

it('goes on without room for checkpoints and says so; without room for the model nothing is half kept, and with room it ends', async () => {
  const page = await openPage();
  await undisturbed(page, short);
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(site.address);
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
  await page.evaluate((spec) => begin(spec), endless);
  await expect.poll(() => page.evaluate(async () => (await runs())[0]?.checkpoint?.steps ?? 0)).toBeGreaterThan(0);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage });
  await expect.poll(() => page.evaluate(() => incidents.map(({ code }) => code)), { timeout: 30_000 }).toEqual(['storage-full']);
  await page.evaluate(() => stop.abort());
  expect(await page.evaluate(() => ended)).toMatchObject({ code: 'storage-full' });
  const [{ id, status, checkpoint }] = await page.evaluate(() => runs());
  expect(status).toBe('failed');
  expect(await page.evaluate(() => models())).toHaveLength(1);
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  told = [];
  await page.evaluate(([spec, run]) => begin(spec as object, run as string), [endless, id] as const);
  await expect.poll(() => told.length).toBeGreaterThan(0);
  expect(told[0].step).toBeGreaterThan(checkpoint?.steps ?? Number.POSITIVE_INFINITY);
  await page.evaluate(() => stop.abort());
  expect(await page.evaluate(() => ended)).toMatchObject({ run: { status: 'stopped', modelId: expect.any(String) } });
});
