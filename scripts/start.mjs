/**
 * `npm start`: installs when needed, builds when stale, serves the application and prints its address.
 * PORT chooses the port (0: a free one), HOST another interface than this machine's own.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { ensureAppBuild } from './build.mjs';
import { ensureInstalled, root } from './ensure.mjs';
import { askedPort, refuseTakenPort } from './port.mjs';

const port = askedPort(4173);

/** Only for a person at a terminal; a machine without a browser just prints the address. */
function openBrowser(address) {
  if (!process.stdout.isTTY || process.env.CI || process.env.BROWSER === 'none') return;
  const [command, ...rest] = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform] ?? ['xdg-open'];
  spawn(command, [...rest, address], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

ensureInstalled();
await ensureAppBuild();
const { serveFolder } = await import('../server/static.mjs');
try {
  const host = process.env.HOST;
  const server = await serveFolder(join(root, 'dist/app'), { port, ...(host ? { host } : {}) });
  const address = `http://localhost:${server.port}`;
  console.log(`Benchwright is at ${address}  (Ctrl-C ends it)`);
  openBrowser(address);
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, async () => {
      await server.close();
      process.exit(0);
    });
} catch (error) {
  if (error.code !== 'EADDRINUSE') throw error;
  refuseTakenPort(port, 'npm start');
}
