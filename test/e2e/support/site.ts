/** The application as visitors get it: by the real `scripts/start.mjs`, or as a copy whose requests are counted; and the library in a page of somebody else. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServiceWorker } from '../../../scripts/build/app.mjs';
import { ensureAppBuild, ensureBrowserBuild } from '../../../scripts/build.mjs';
import { root } from '../../../scripts/ensure.mjs';
import { serveFolder } from '../../../server/static.mjs';

export interface Site {
  /** With a trailing slash. */
  address: string;
  stop(): Promise<void>;
}

/** Runs scripts/start.mjs and answers what it prints and, when it ends by itself, its exit code. */
export function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], { env: { ...process.env, ...environment } });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const address = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const found = /http:\/\/localhost:\d+/.exec(output);
        if (found) resolve(`${found[0]}/`);
      });
    }
    void ended.then((code) => reject(new Error(`start.mjs ended with ${code}: ${output}`)));
  });
  address.catch(() => {});
  return { address, ended, output: () => output, kill: () => child.kill('SIGTERM') };
}

/** `npm start` on a free port. */
export async function startSite(): Promise<Site> {
  const process = start({ PORT: '0' });
  return {
    address: await process.address,
    stop: async () => {
      process.kill();
      await process.ended;
    },
  };
}

export interface CountedSite extends Site {
  /** Paths asked for since the last `splice`. */
  requests: string[];
  /** Where the served files are, to be changed. */
  folder: string;
  /** Makes the service worker of what is in the folder now, as a deployment would. */
  deploy(): Promise<void>;
}

/** A copy of the built application on a free port, optionally in a folder of the site. */
export async function countedSite(below = ''): Promise<CountedSite> {
  await ensureAppBuild();
  const site = mkdtempSync(join(tmpdir(), 'benchwright-site-'));
  const folder = join(site, below);
  cpSync(join(root, 'dist/app'), folder, { recursive: true });
  const requests: string[] = [];
  const server = await serveFolder(site, { port: 0, onRequest: (path: string) => requests.push(path) });
  return {
    address: `http://localhost:${server.port}/${below}`,
    requests,
    folder,
    deploy: () => buildServiceWorker(root, folder),
    stop: async () => {
      await server.close();
      rmSync(site, { recursive: true, force: true });
    },
  };
}

/**
 * A page on a free port that has nothing but the script of a test.
 * @param script may import the library from `./benchwright/index.js`; the built-in data lies beside it
 * @param onRequest is told of each path that is asked for, whether there is something or not: a page can say something by it
 */
export async function librarySite(script: string, onRequest?: (path: string) => void): Promise<Site> {
  await ensureBrowserBuild();
  const site = mkdtempSync(join(tmpdir(), 'benchwright-library-'));
  cpSync(join(root, 'dist/browser'), join(site, 'benchwright'), { recursive: true });
  cpSync(join(root, 'public/data'), join(site, 'data'), { recursive: true });
  writeFileSync(join(site, 'page.js'), script);
  writeFileSync(
    join(site, 'index.html'),
    '<!doctype html><link rel="icon" href="data:,"><title>…</title><script type="module" src="page.js"></script>',
  );
  const server = await serveFolder(site, { port: 0, onRequest });
  return {
    address: `http://localhost:${server.port}/`,
    stop: async () => {
      await server.close();
      rmSync(site, { recursive: true, force: true });
    },
  };
}
