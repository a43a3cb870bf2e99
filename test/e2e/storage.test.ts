/** The browser's store against the browser itself: killed at any moment, out of space, or keeping nothing. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.js';
import type {} from './storage/page.js';
import { KillableBrowser } from './support/killable.js';

const source = (name: string): string => fileURLToPath(new URL(`./storage/${name}.ts`, import.meta.url));

let folder: string;
let server: Server;
let address: string;
let profile: string;
let browser: KillableBrowser;
/** The last number that the page has called durable. */
let durable = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'benchwright-page-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      outDir: folder,
      rollupOptions: {
        input: { page: source('page'), worker: source('worker') },
        output: { entryFileNames: '[name].js' },
        preserveEntrySignatures: 'strict',
      },
    },
  });
  server = createServer(({ url = '/' }, response) => {
    const said = /^\/durable\/(\d+)$/.exec(url);
    if (said) durable = Number(said[1]);
    const file = /^\/([\w-]+\.js|assets\/[\w-]+\.js)$/.exec(url)?.[1];
    response.setHeader('content-type', file ? 'text/javascript' : 'text/html');
    response.end(
      file ? readFileSync(join(folder, file)) : '<!doctype html><title>Storage</title><script type="module" src="/page.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  address = `http://localhost:${(server.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'benchwright-profile-'));
});
afterEach(async () => {
  await browser.kill();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

const tryToOpen = (page: Page): Promise<string> => page.evaluate(() => storagePage.tryToOpen());

describe("the browser's store", () => {
  it('is at its last or next commit after the browser was killed at any moment', async () => {
    const random = new Random(11);
    let last = 0;
    for (let round = 0; round < 8; round++) {
      browser = await KillableBrowser.launch(profile);
      const page = await browser.open(address);
      if (round > 0) {
        const found = await page.evaluate(() => storagePage.lastCommit());
        expect([durable, durable + 1]).toContain(found);
        last = Number(found);
      }
      // In a worker, where bytes are written through, and in the page, where they are not.
      const start = [last + 1, round % 2 === 0] as const;
      await page.evaluate(
        ([first, inWorker]) => void (inWorker ? storagePage.inWorker({ commitFrom: first }) : storagePage.commitForEver(first)),
        start,
      );
      await expect.poll(() => durable, { timeout: 20_000, interval: 5 }).toBeGreaterThan(last);
      await new Promise((resolve) => setTimeout(resolve, random.uniform() * 60));
      await browser.kill();
    }
    expect(last).toBeGreaterThan(7);
  });

  it('says that there is no space, in a page and in a worker, and keeps what it has', async () => {
    browser = await KillableBrowser.launch(profile);
    const page = await browser.open(address);
    const session = await page.context().newCDPSession(page);
    await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(address).origin, quotaSize: 4_000_000 });
    const outcomes = await page.evaluate(async () => [
      await storagePage.overfill('page'),
      await storagePage.inWorker({ overfill: 'worker' }),
    ]);
    const full = {
      chunk: 'storage-full',
      record: 'storage-full',
      collected: 0,
      settings: 0,
      before: 'Dataset before',
      chunkBefore: 'no error',
    };
    expect(outcomes).toEqual([full, full]);
    await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(address).origin });
    expect(await page.evaluate(() => storagePage.overfill('page'))).toMatchObject({ chunk: 'no error' });
  });

  it('says so where the browser keeps nothing: site data blocked, or an address that is not secure', async () => {
    mkdirSync(join(profile, 'Default'));
    const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
    writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
    browser = await KillableBrowser.launch(profile, ['--host-resolver-rules=MAP workbench.test 127.0.0.1']);
    expect(await tryToOpen(await browser.open(address))).toBe('storage-unavailable');
    expect(await tryToOpen(await browser.open(address.replace('localhost', 'workbench.test')))).toBe('storage-unavailable');
  });

  it('opens in a private window', async () => {
    browser = await KillableBrowser.launch(profile, ['--incognito']);
    expect(await tryToOpen(await browser.open(address))).toBe('opened');
  });
});
