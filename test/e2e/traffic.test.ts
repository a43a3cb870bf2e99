/**
 * A deployment's page, from an ONNX file that is dropped to the log of what it was asked: answers through the service worker, callers divided
 * between two versions and sent back by a rule, and what was asked kept, taken out and deleted.
 */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { graph, model, node, small, tensor, value } from '../unit/infer/onnx/build.js';
import { type Site, startSite } from './support/site.js';
import { keptOffline, newVisitor, type Visitor } from './support/visitor.js';

/** As `small`, with other weights: what it answers tells who answered. */
const other = (): Uint8Array =>
  model(
    graph({
      nodes: [node('Relu', ['x'], ['h']), node('MatMul', ['h', 'w'], ['y'])],
      inputs: [value('x', 1, ['n', 2]), value('w', 1, [2, 3])],
      outputs: [value('y', 1, ['n', 3])],
      constants: [tensor('w', [2, 3], new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 7).buffer))],
    }),
  );

let site: Site;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  [site, visitor] = await Promise.all([startSite(), newVisitor()]);
  page = await visitor.open(site.address);
  await keptOffline(page);
});
afterAll(async () => {
  await visitor.forget();
  await site.stop();
  expect(visitor.faults.filter((fault) => !fault.startsWith('Failed to load resource'))).toEqual([]);
});

/** Drops a file on the models' page and lets it answer. */
async function deploy(name: string, file: Uint8Array, label: string): Promise<void> {
  await page.goto(`${site.address}#/models`);
  await page.getByLabel('Drop a model here').setInputFiles({ name: `${name}.onnx`, mimeType: '', buffer: Buffer.from(file) });
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.getByLabel('Name A name that is there').fill('scores');
  await page.getByLabel('Label, if any').fill(label);
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  await page.getByRole('link', { name: 'scores', exact: true }).waitFor();
}

interface Answer {
  status: number;
  arm: string | null;
  predictions: unknown;
}

/** One question of each caller, as a script of the page asks it. */
const ask = (units: readonly string[], headers: Record<string, string> = {}): Promise<Answer[]> =>
  page.evaluate(
    ([given, more]) =>
      Promise.all(
        given.map(async (unit) => {
          const body = JSON.stringify({
            instances: [
              [1, -1],
              [2, 3],
            ],
          });
          const response = await fetch('v1/models/scores:predict', {
            method: 'POST',
            body,
            headers: { 'x-benchwright-unit': unit, ...more },
          });
          const { predictions } = (await response.json()) as { predictions: unknown };
          return { status: response.status, arm: response.headers.get('x-benchwright-arm'), predictions };
        }),
      ),
    [units, headers] as const,
  );

const callers = (count: number): string[] => Array.from({ length: count }, (_, index) => `caller-${index}`);
const traffic = () => page.locator('bw-traffic-card');
const log = () => page.locator('bw-log-card');
const rows = async (): Promise<number> => {
  const told = log().locator('dt:text-is("rows") + dd');
  return (await told.count()) === 0 ? 0 : Number(await told.textContent());
};

it('answers a script of the page with the numbers of the file that was dropped', async () => {
  await deploy('first', small(), 'stable');
  await page.getByRole('link', { name: 'scores', exact: true }).click();
  await page.getByText('version 1 answers').waitFor();
  expect(await ask(['somebody'])).toEqual([
    {
      status: 200,
      arm: null,
      predictions: [
        [1, 2, 3],
        [14, 19, 24],
      ],
    },
  ]);
});

it('is tried with tensors as JSON, and the code to copy is answered as it stands', async () => {
  const question = page.getByRole('textbox', { name: /^POST/ });
  expect(JSON.parse(await question.inputValue())).toEqual({ inputs: { x: [[0, 0]] } });
  await question.fill('{"inputs": {"x": [[2, 3]]}}');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.getByText('version 1 answered').waitFor();
  expect(JSON.parse((await page.getByRole('group', { name: 'Answer' }).textContent()) ?? '')).toEqual({ outputs: [[14, 19, 24]] });
  await page.getByText('Code to copy').click();
  const code = await page.getByRole('group', { name: 'fetch, in this origin, Open Inference V2' }).textContent();
  expect(await page.evaluate(`(async () => { ${code}; return outputs; })()`)).toEqual([
    { name: 'y', shape: [1, 3], datatype: 'FP32', data: [0, 0, 0] },
  ]);
});

it('divides callers between two versions, and says what is wrong with a division without losing it', async () => {
  await deploy('second', other(), 'canary');
  await page.getByRole('link', { name: 'scores', exact: true }).click();
  await page.getByText('version 2 answers').waitFor();
  await traffic().getByText('Divide callers among versions').click();
  await traffic().getByLabel('Share of version 1, in percent').fill('60');
  await traffic().getByLabel('Share of version 2, in percent').fill('30');
  await traffic().getByText('Together 90 %: 10 are missing').waitFor();
  await traffic().getByRole('button', { name: 'Divide callers like this' }).click();
  await traffic().getByText('The weights sum to 90; expected 100.').waitFor();
  expect(await traffic().getByLabel('Share of version 2, in percent').inputValue()).toBe('30');
  await traffic().getByRole('button', { name: 'Give the 10 to “stable”' }).click();
  await traffic().getByRole('button', { name: 'Divide callers like this' }).click();
  await traffic().getByText('Of all callers 70 % “stable” (version 1) and 30 % “canary” (version 2).').waitFor();
  expect(await traffic().getByRole('list', { name: 'Shares of the callers' }).getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/70 %\s+stable version 1/),
    expect.stringMatching(/30 %\s+canary version 2/),
  ]);
  const units = callers(200);
  const first = await ask(units);
  const share = first.filter(({ arm }) => arm === 'canary').length;
  expect([share > 30, share < 90, new Set(first.map(({ status }) => status))]).toEqual([true, true, new Set([200])]);
  expect(await ask(units)).toEqual(first);
  for (const { arm, predictions } of first)
    expect(predictions).toEqual([
      [1, 2, 3],
      [14, 19, arm === 'canary' ? 27 : 24],
    ]);
  const named = await ask(units.slice(0, 5), { 'x-benchwright-version': 'canary' });
  expect(named.map(({ predictions }) => predictions)).toEqual(
    new Array(5).fill([
      [1, 2, 3],
      [14, 19, 27],
    ]),
  );
});

it('sends everybody back by a rule, says why, and by a button that can be undone', async () => {
  await traffic().getByText('Divide callers otherwise').click();
  await traffic()
    .getByLabel(/^Send everybody back by itself/)
    .check();
  await traffic().getByLabel('Errors at most, %').fill('');
  await traffic().getByLabel('Answered within, ms').fill('0.0001');
  await traffic().getByLabel('Fewest requests to judge by').fill('5');
  await traffic().getByRole('button', { name: 'Divide callers like this' }).click();
  await traffic()
    .getByText(/^All callers go to “stable” by themselves/)
    .waitFor();
  await ask(callers(60));
  await traffic().getByText('All callers get “stable” (version 1).').waitFor();
  expect(new Set((await ask(callers(40))).map(({ arm }) => arm))).toEqual(new Set(['stable']));
  const events = traffic().getByRole('listitem').filter({ hasText: 'by ' });
  expect(await events.first().innerText()).toMatch(
    /Rolled back from “canary” to “stable”: 95% of \d+ requests within 60 seconds took up to [\d.]+ ms; 0\.0001 ms are allowed\.\s+.* by the rule about latency/,
  );

  await traffic().getByText('Divide callers otherwise').click();
  await traffic()
    .getByLabel(/^Send everybody back by itself/)
    .uncheck();
  await traffic().getByLabel('Share of version 1, in percent').fill('50');
  await traffic().getByLabel('Share of version 2, in percent').fill('50');
  await traffic().getByRole('button', { name: 'Divide callers like this' }).click();
  await traffic().getByRole('button', { name: 'Roll back now' }).click();
  await traffic().getByText('All callers get “stable” (version 1).').waitFor();
  expect(await page.evaluate(() => document.activeElement?.shadowRoot !== null)).toBe(true);
  await page.getByRole('button', { name: 'Undo' }).click();
  await traffic().getByText('Of all callers 50 % “stable”').waitFor();
});

it('compares what a mirror would have answered, and is the same after the page was loaded anew', async () => {
  await traffic().getByText('Divide callers otherwise').click();
  await traffic().getByLabel('Share of version 1, in percent').fill('100');
  await traffic().getByLabel('Share of version 2, in percent').fill('');
  await traffic().getByLabel('Asked as well, after the answer').selectOption('version 2');
  await traffic().getByLabel('Of the requests, %').fill('51');
  await traffic().getByRole('button', { name: 'Divide callers like this' }).click();
  // The browser's own bound.
  expect(
    await traffic()
      .getByLabel('Of the requests, %')
      .evaluate((field: HTMLInputElement) => field.validity.rangeOverflow),
  ).toBe(true);
  await traffic().getByLabel('Of the requests, %').fill('50');
  await traffic().getByRole('button', { name: 'Divide callers like this' }).click();
  await traffic().getByText('Version 2 is asked as well for 50 % of the requests, and not listened to.').waitFor();
  await ask(callers(40));
  await traffic().getByText('answers that agree').waitFor();
  // Of six elements one differs.
  expect(await traffic().locator('dt:text-is("answers that agree") + dd').innerText()).toMatch(/^83\.3 % /);
  await page.reload();
  await traffic().getByText('All callers get “stable” (version 1).').waitFor();
  // Whoever compared went with the page.
  await traffic().getByText('Nothing has been compared since this browser last began to serve.').waitFor();
  expect(
    await traffic()
      .getByText(/by the rule about latency/)
      .count(),
  ).toBe(1);
});

it('keeps what is asked, counts it while it comes, writes it out, and deletes it', async () => {
  await log().locator('dt:text-is("rows")').waitFor();
  const before = await rows();
  expect(before).toBeGreaterThan(400);
  await ask(callers(30));
  await expect.poll(rows).toBe(before + 30);

  await log().getByText('Take it out').click();
  await log().getByRole('combobox', { name: /^As/ }).selectOption('NDJSON');
  const [download] = await Promise.all([page.waitForEvent('download'), log().getByRole('button', { name: 'Download' }).click()]);
  expect(download.suggestedFilename()).toBe('scores-log.ndjson');
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toHaveLength(before + 30);
  expect(lines.findLast(({ version }) => version === 1)).toMatchObject({ row: 1, 'output.y': 'float32 [2, 3] 1, 2, 3, 14, 19, 24' });

  await log().getByText('Delete rows').click();
  await log()
    .getByLabel(/^Caller, as it says/)
    .fill('caller-3');
  await log().getByRole('button', { name: 'Delete what this caller asked' }).click();
  await log().getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText(/^\d+ rows of “caller-3” deleted from the log\.$/).waitFor();
  await expect.poll(rows).toBeLessThan(before + 30);

  await log().getByLabel('What is kept of each request').selectOption('Nothing');
  await log().getByRole('button', { name: 'Keep nothing from now on' }).click();
  await log().getByRole('button', { name: 'Delete the whole log' }).click();
  await log().getByRole('button', { name: 'Delete', exact: true }).click();
  await log().getByText('Nothing is in the log.').waitFor();
  await ask(callers(3));

  await page.reload();
  await log().getByText('Nothing is in the log.').waitFor();
  await log().getByLabel('What is kept of each request').selectOption('Answers alone');
  await log().getByLabel('Days at most').fill('0');
  await log().getByRole('button', { name: 'Keep it from now on' }).click();
  await log().getByRole('alert').waitFor();
  expect(await log().getByLabel('Days at most').inputValue()).toBe('0');
  await log().getByLabel('Days at most').fill('7');
  await log().getByRole('button', { name: 'Keep it from now on' }).click();
  await log().getByText('Nobody has asked since.').waitFor();
  await ask(callers(3));
  await expect.poll(rows).toBe(3);
});
