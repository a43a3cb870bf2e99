/** A visitor: real Chromium on a profile of its own that survives `leave` and `comeBack`, and notes everything that goes wrong. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { launchOptions } from '../../../scripts/browser.mjs';

/** Reports what the policy refused as an error on the console, in every page from its first moment. */
const reportViolations = () => {
  addEventListener('securitypolicyviolation', (event) => {
    console.error(`policy violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
  });
};

/** What a visitor's browser has besides. */
export interface Equipment {
  webgpu?: boolean;
  camera?: boolean;
}

export class Visitor {
  readonly #equipment: Equipment;
  readonly #profile = mkdtempSync(join(tmpdir(), 'benchwright-profile-'));
  #context: BrowserContext | undefined;
  /** Errors on the console, uncaught errors and violations of the policy, in any page. */
  readonly faults: string[] = [];

  constructor(equipment: Equipment = {}) {
    this.#equipment = equipment;
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error('The visitor is not there: comeBack() first.');
    return this.#context;
  }

  async comeBack(): Promise<void> {
    const context = await chromium.launchPersistentContext(this.#profile, {
      ...launchOptions(this.#equipment),
      acceptDownloads: true,
      viewport: { width: 1280, height: 900 },
    });
    await context.addInitScript(reportViolations);
    context.on('console', (message) => {
      if (message.type() === 'error') this.faults.push(`${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.faults.push(String(error.error().stack ?? error.error())));
    this.#context = context;
  }

  /** A new tab at the address. */
  async open(address: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(address);
    return page;
  }

  /** Closes the browser; the profile stays. */
  async leave(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
  }

  async forget(): Promise<void> {
    await this.leave();
    rmSync(this.#profile, { recursive: true, force: true });
  }
}

export async function newVisitor(equipment?: Equipment): Promise<Visitor> {
  const visitor = new Visitor(equipment);
  await visitor.comeBack();
  return visitor;
}

/** Waits until the application is kept: a service worker takes its first page over when it has installed everything. */
export async function keptOffline(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
}
