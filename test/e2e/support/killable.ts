/** A Chromium whose process the test owns, so that it can be killed as a crash or the system would kill it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Browser, chromium, type Page } from 'playwright';
import { browserArguments, installedBrowser } from '../../../scripts/browser.mjs';

export class KillableBrowser {
  readonly #child: ChildProcess;
  readonly #browser: Browser;

  private constructor(child: ChildProcess, browser: Browser) {
    this.#child = child;
    this.#browser = browser;
  }

  static async launch(profile: string, more: string[] = []): Promise<KillableBrowser> {
    const executable = installedBrowser() ?? chromium.executablePath();
    const own = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, ...more, 'about:blank'];
    // A process group of its own, so that its renderers and its storage process are killed with it.
    const child = spawn(executable, [...browserArguments(), ...own], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    const address = await new Promise<string>((resolve, reject) => {
      child.stderr?.on('data', (data) => {
        said += String(data);
        const found = /DevTools listening on (ws:\S+)/.exec(said);
        if (found) resolve(found[1]);
      });
      child.once('exit', (status) => reject(new Error(`Chromium ended with ${status}: ${said}`)));
    });
    return new KillableBrowser(child, await chromium.connectOverCDP(address));
  }

  async open(address: string): Promise<Page> {
    const page = await this.#browser.contexts()[0].newPage();
    await page.goto(address);
    return page;
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || !this.#child.pid) return;
    const ended = once(this.#child, 'exit');
    process.kill(-this.#child.pid, 'SIGKILL');
    await ended;
    await this.#browser.close().catch(() => undefined);
  }
}
