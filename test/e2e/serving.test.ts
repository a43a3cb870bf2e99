/**
 * Models that answer inside the page, ours and those of other programs: the same tables of requests as everywhere, and what becomes of them when
 * workers, pages and versions go.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorkbench } from '../../src/host/node/index.js';
import type { Workbench } from '../../src/host/workbench.js';
import { usualLimits } from '../../src/serve/limits.js';
import { type Asked, anyNumber, expectAnswered, requests, row } from '../contract/serve/requests.js';
import { choice, echo, running, tensorRequests } from '../contract/serve/tensor-requests.js';
import { resultOf } from '../contract/train/workplace.js';
import { counting, gather, small } from '../unit/infer/onnx/build.js';
import { type CountedSite, countedSite } from './support/site.js';
import { keptOffline, newVisitor, type Visitor } from './support/visitor.js';

let site: CountedSite;
let visitor: Visitor;
let table: Asked[];
let project: Buffer;

/** Penguins by species and by weight, trained and deployed in Node, as a project file. */
async function trainedProject(): Promise<void> {
  const bench = await createWorkbench({ device: 'wasm' });
  const dataset = await resultOf(bench.datasets.import({ kind: 'builtin', name: 'penguins' }));
  const deploy = async (name: string, target: string, ignore: string[] = []): Promise<string> => {
    const spec = { target, preset: 'linear', epochs: 20, seed: 1, ignore } as const;
    const { modelId = '' } = await resultOf(bench.trainer.train({ dataset: dataset.id, spec }));
    await bench.deployments.deploy(name, modelId, { labels: ['stable'] });
    return modelId;
  };
  const species = await deploy('species', 'species');
  const mass = await deploy('mass', 'body_mass_g', ['species']);
  const { body_mass_g: _, ...massRow } = row;
  const [{ prediction: likely }] = await bench.models.predict(species, [row]);
  const [{ prediction }] = await bench.models.predict(mass, [massRow]);
  table = requests({ prediction: likely, probability_Gentoo: anyNumber }, Number(Number(prediction).toPrecision(7)), usualLimits);
  project = await written(bench);
}

async function tensorProject(): Promise<Buffer> {
  const bench = await createWorkbench();
  for (const [name, bytes] of Object.entries({
    other: small(),
    running: running(),
    choice: choice(),
    echo: echo(),
    counting: counting(),
    gather: gather(),
  })) {
    const { id } = await bench.models.import(new File([bytes as Uint8Array<ArrayBuffer>], `${name}.onnx`));
    await bench.deployments.deploy(name, id);
  }
  return written(bench);
}

async function written(bench: Workbench): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  await resultOf(bench.project.export(), ({ piece }) => pieces.push(piece.slice()));
  await bench.close();
  return Buffer.concat(pieces);
}

async function bringIn(name: string, buffer: Buffer): Promise<void> {
  await page.goto(`${site.address}#/`);
  await page.goto(`${site.address}#/settings`);
  await page.getByLabel('Import a project…').setInputFiles({ name, mimeType: '', buffer });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText(/^Imported: /).waitFor();
}

/** Asks as a script of the page. */
const ask =
  (page: Page) =>
  async (path: string, init: RequestInit = {}) => {
    const { status, headers, text } = await page.evaluate(
      async ([address, options]) => {
        const response = await fetch(address, options as RequestInit);
        return { status: response.status, headers: [...response.headers], text: await response.text() };
      },
      [site.address + path.slice(1), init] as const,
    );
    return { status, headers: new Headers(headers as [string, string][]), text: async () => text };
  };

const question = { method: 'POST', body: JSON.stringify({ instances: [row] }) };
const predict = async (page: Page): Promise<number> => (await ask(page)('/v1/models/species:predict', question)).status;

/** A document below the scope that is not the application. */
const openBystander = () => visitor.open(`${site.address}icons/benchwright.svg`);

let page: Page;

beforeAll(async () => {
  [site, visitor] = await Promise.all([countedSite('tools/bench/'), newVisitor(), trainedProject()]);
  page = await visitor.open(`${site.address}#/settings`);
  await keptOffline(page);
  await bringIn('penguins.bench', project);
});

afterAll(async () => {
  await visitor.forget();
  await site.stop();
  expect(visitor.faults.filter((fault) => !fault.startsWith('Failed to load resource'))).toEqual([]);
});

it('answers every request of the table, in a folder of a site, and no request reaches the network', async () => {
  site.requests.splice(0);
  // Here a body would need 32 MiB to be too long: `test/contract/host/relay.test.ts` has that case.
  for (const asked of table.filter(({ what }) => what !== 'a long body')) await expectAnswered(asked, ask(page));
  expect(site.requests.filter((path) => !path.includes('/assets/'))).toEqual([]);
});

it('answers every request of the table to models of other programs', async () => {
  await bringIn('tensors.bench', await tensorProject());
  for (const asked of tensorRequests) await expectAnswered(asked, ask(page));
  // A fault of the caller's, of which the page's console hears nothing.
  const wrong = { method: 'POST', body: '{"inputs": {"which": [99]}}' };
  expect((await ask(page)('/v1/models/gather:predict', wrong)).status).toBe(400);
});

it('answers after the service worker was stopped', async () => {
  const client = await page.context().newCDPSession(page);
  await client.send('ServiceWorker.enable');
  await client.send('ServiceWorker.stopAllWorkers');
  expect(await predict(page)).toBe(200);
});

it('is tried on its page, and what is deployed is not deleted', async () => {
  await page.goto(`${site.address}#/serve`);
  await page.getByRole('link', { name: 'Open species' }).click();
  await page.getByRole('heading', { level: 1, name: 'species' }).waitFor();
  await page.getByText('version 1 answers').waitFor();
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.getByText('version 1 answered').waitFor();
  expect(await page.getByRole('group', { name: 'Answer' }).textContent()).toMatch(/"prediction": "(Adelie|Chinstrap|Gentoo)"/);
  await page.getByRole('textbox', { name: /^POST/ }).fill('{"instances": [{"island": "Biscoe"}]}');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.getByText(/^Row 1: the input "bill_length_mm" is missing/).waitFor();
  await page.goto(`${site.address}#/models`);
  await page.getByRole('button', { name: /^Delete species/ }).click();
  await page.getByRole('button', { name: 'Show it' }).click();
  await page.getByRole('heading', { level: 1, name: 'species' }).waitFor();
});

it('stops a run that is called off on its page, while others are answered', async () => {
  const counted = async (n: number) =>
    (await ask(page)('/v1/models/counting:predict', { method: 'POST', body: JSON.stringify({ inputs: { n, x: [0.5] } }) })).text();
  expect(await counted(2)).toBe('{"outputs":[2.5]}');
  await page.goto(`${site.address}#/serve/counting`);
  await page.getByRole('textbox', { name: /^POST/ }).fill('{"inputs": {"n": 1000000000000, "x": [0]}}');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.getByText('Asking…').waitFor();
  expect(await predict(page)).toBe(200);
  const others = counted(3);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  // Without it only after the minute that a request may take.
  expect(await Promise.race([others, new Promise((resolve) => setTimeout(resolve, 20_000, 'still computing'))])).toBe('{"outputs":[3.5]}');
});

it('says where nobody answers that a page has to be open, in the words of the protocol', async () => {
  const bystander = await openBystander();
  await page.close();
  // Its worker may answer a moment longer.
  await expect.poll(() => predict(bystander)).toBe(503);
  const refused = await ask(bystander)('/v1/models/species:predict', question);
  expect([refused.status, refused.headers.get('retry-after'), JSON.parse(await refused.text())]).toEqual([
    503,
    '1',
    { error: expect.stringMatching(/No page is open .* Open Benchwright in a tab/) },
  ]);
  const other = await ask(bystander)('/predictions/species', question);
  expect(JSON.parse(await other.text())).toMatchObject({ code: 503, type: 'ServiceUnavailableException' });
  const head = await ask(bystander)('/v1/models/species', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([503, '']);
  page = await visitor.open(site.address);
  await expect.poll(() => predict(bystander)).toBe(200);
  await bystander.close();
});

it('goes on with the next page when the one that answers is closed', async () => {
  const next = await visitor.open(site.address);
  expect(await predict(next)).toBe(200);
  await page.close();
  // What was on its way is told to ask again.
  await expect.poll(() => predict(next)).toBe(200);
  page = next;
});

it('stops the work of a page that is closed', async () => {
  const stopped = async (): Promise<number> => {
    const figures = await (await ask(page)('/metrics')).text();
    return Number(/model_name="counting",status="499"\} (\d+)/.exec(figures)?.[1] ?? 0);
  };
  const before = await stopped();
  const other = await visitor.open(site.address);
  // Another answer that comes tells that the run, which takes hours, is on its way.
  await other.evaluate(
    async ([endless, one]) => {
      void fetch('./v1/models/counting:predict', { method: 'POST', body: endless });
      await fetch('./v1/models/species:predict', { method: 'POST', body: one });
    },
    ['{"inputs": {"n": 1000000000000, "x": [0]}}', question.body] as const,
  );
  await other.close();
  await expect.poll(stopped).toBe(before + 1);
});

it('answers through an update', async () => {
  const bystander = await openBystander();
  appendFileSync(join(site.folder, 'index.html'), '<!--second version-->');
  await site.deploy();
  await page.evaluate(async () => {
    await fetch('service-worker.js', { cache: 'reload' });
    await (await navigator.serviceWorker.getRegistration())?.update();
  });
  const apply = page.getByRole('button', { name: 'Update ready' });
  await apply.waitFor();
  const answers = Array.from({ length: 20 }, () => predict(bystander));
  await apply.click();
  for (const status of await Promise.all(answers)) expect([200, 503]).toContain(status);
  await expect.poll(() => page.evaluate(() => document.lastChild?.nodeValue)).toBe('second version');
  await expect.poll(() => predict(bystander)).toBe(200);
  await bystander.close();
});
