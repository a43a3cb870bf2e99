/** A Chromium whose process the test owns, so that it can be killed as a crash or the system would kill it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Browser, chromium, type Page } from 'playwright';
import { expect } from 'vitest';
import { browserArguments, installedBrowser } from '../../../scripts/browser.mjs';

/** Run in the page: the first picker of files, in whatever shadow it stands. */
function findPicker(root: ParentNode): Element | undefined {
  for (const element of root.querySelectorAll('*')) {
    if (element.matches('input[type=file]:not([webkitdirectory])')) return element;
    const found = element.shadowRoot && findPicker(element.shadowRoot);
    if (found) return found;
  }
  return undefined;
}

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

  /** @param first runs in the page before anything of its own does */
  async open(address: string, first?: () => void): Promise<Page> {
    const page = await this.#browser.contexts()[0].newPage();
    if (first) await page.addInitScript(first);
    await page.goto(address);
    return page;
  }

  /** Chooses a file in the page's first picker of files: by path, whatever its size. */
  async choose(page: Page, path: string): Promise<void> {
    const client = await page.context().newCDPSession(page);
    const expression = `(${findPicker.toString()})(document)`;
    await expect.poll(async () => (await client.send('Runtime.evaluate', { expression })).result.objectId).toBeDefined();
    const { result } = await client.send('Runtime.evaluate', { expression });
    await client.send('DOM.setFileInputFiles', { files: [path], objectId: result.objectId });
    await client.detach();
  }

  /**
   * Stops the processes of all pages that are open now, with their workers, as a system does that suspends them: what they hold they keep. A page
   * that is opened afterwards has a process of its own. Answers the function that lets them go on.
   */
  freeze(): () => void {
    const pids = this.#processes('renderer');
    expect(pids.length).toBeGreaterThan(0);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    return () => {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    };
  }

  /** As a fault of the driver does. The browser begins another; after three it would go on without. */
  killGraphicsProcess(): void {
    const [pid] = this.#processes('gpu-process');
    expect(pid).toBeDefined();
    process.kill(pid, 'SIGKILL');
  }

  /** The numbers of its own processes of one type. */
  #processes(type: string): number[] {
    const listed = execFileSync('ps', ['-A', '-o', 'pid=,pgid=,args='], { encoding: 'utf8', maxBuffer: 2 ** 26 }).split('\n');
    return listed.flatMap((line) => {
      const [, pid, group, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return Number(group) === this.#child.pid && args.includes(`--type=${type}`) ? [Number(pid)] : [];
    });
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || !this.#child.pid) return;
    const ended = once(this.#child, 'exit');
    process.kill(-this.#child.pid, 'SIGKILL');
    await ended;
    await this.#browser.close().catch(() => undefined);
  }
}
