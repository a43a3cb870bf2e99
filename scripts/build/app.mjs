/** Builds the application and then its service worker, which carries the list of every file of the application. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build } from 'vite';
import { filesBelow } from '../stamp.mjs';

const serviceWorker = 'service-worker.js';

/** What runs ONNX files: dozens of megabytes for those who have one. */
const isLater = (url) => /^assets\/ort-wasm.*\.wasm$/.test(url);

/**
 * What the service worker keeps when it is first used.
 * @param {string} folder the built application
 */
export const laterEntries = (folder) =>
  filesBelow(folder)
    .map((file) => urlOf(folder, file))
    .filter(isLater);

const urlOf = (folder, file) => relative(folder, file).split(sep).join('/');

/**
 * What the service worker keeps from the beginning: [{url, revision}]; not what runs ONNX files, not the built-in pictures, megabytes that are stored when they are first opened, nor the schemas, which are for editors of files. A file whose name carries a hash needs no revision.
 * @param {string} folder the built application
 */
export function precacheEntries(folder) {
  return filesBelow(folder)
    .map((file) => ({ file, url: urlOf(folder, file) }))
    .filter(({ url }) => url !== serviceWorker && !isLater(url) && !url.startsWith('schemas/') && !/\.(map|md|gz)$/.test(url))
    .map(({ file, url }) => ({
      url,
      revision: url.startsWith('assets/') ? null : createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16),
    }));
}

/**
 * Builds the service worker into an application's folder, as one file that imports nothing.
 * @param {string} root the repository
 * @param {string} folder the built application
 */
export async function buildServiceWorker(root, folder) {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: {
      PRECACHE_ENTRIES: JSON.stringify(precacheEntries(folder)),
      LATER_ENTRIES: JSON.stringify(laterEntries(folder)),
      'process.env.NODE_ENV': '"production"',
    },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2022',
      copyPublicDir: false,
      rolldownOptions: {
        input: join(root, 'workers/service-worker.ts'),
        output: { format: 'iife', entryFileNames: serviceWorker },
      },
    },
  });
}

export async function buildApp(root, folder) {
  await build({ root, logLevel: 'warn', mode: 'production', build: { outDir: folder } });
  await buildServiceWorker(root, folder);
}
