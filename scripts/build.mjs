/**
 * Builds what is older than its sources:
 *   app    → dist/app (with its service worker)     node    → dist/node/{index,cli}.js, for Node
 *   types  → dist/types                             browser → dist/browser/index.js with its workers, for pages of others
 * `node scripts/build.mjs [NAME…] [--force]` builds those named, or all. Vite is loaded only when something is to be built.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, root } from './ensure.mjs';
import { buildWhenStale } from './stamp.mjs';

const common = ['src', 'workers', 'scripts/build', 'scripts/build.mjs', 'vite.config.ts', 'tsconfig.json', 'package-lock.json'];

const targets = {
  app: {
    sources: [...common, 'index.html', 'public', 'docs/schemas'],
    build: async (folder) => (await import('./build/app.mjs')).buildApp(root, folder),
  },
  node: {
    sources: common,
    build: async (folder) => (await import('./build/library.mjs')).buildForNode(root, folder),
  },
  browser: {
    sources: common,
    build: async (folder) => (await import('./build/library.mjs')).buildForBrowser(root, folder),
  },
  types: {
    sources: common,
    build: async (folder) => (await import('./build/types.mjs')).buildTypes(root, folder),
  },
};

/** A build is the same whoever asks for it: test runners set NODE_ENV, and libraries choose their debugging code by it. */
async function inProduction(build) {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    await build();
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

/** Builds into a new folder and then puts it in the old one's place, which is served or imported meanwhile. */
async function buildBeside(folder, build) {
  const [coming, going] = [`${folder}.new`, `${folder}.old`];
  for (const left of [coming, going]) rmSync(left, { recursive: true, force: true });
  await build(coming);
  if (existsSync(folder)) renameSync(folder, going);
  renameSync(coming, folder);
  rmSync(going, { recursive: true, force: true });
}

/** Builds one target when it is stale; progress goes to standard error. */
async function ensure(name, { install = true } = {}) {
  const { sources, build } = targets[name];
  const output = `dist/${name}`;
  await buildWhenStale({
    root,
    sources,
    output,
    // Not under the lock: an installation builds this very target, and would wait for us for ever.
    before: () => install && ensureInstalled(),
    build: async () => {
      const start = performance.now();
      console.error(`Building ${output} …`);
      await inProduction(() => buildBeside(join(root, output), build));
      console.error(`Built ${output} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    },
  });
}

/** An installed package has no sources: what it needs was built before it was published. */
const hasSources = () => existsSync(join(root, 'src'));

export const ensureAppBuild = () => ensure('app');

/** The library for pages without a bundler, or before one. */
export const ensureBrowserBuild = () => ensure('browser');

/** What `scripts/benchwright.mjs` and `import 'benchwright'` in Node need. `install: false` inside an installation. */
export const ensureNodeBuild = async (options) => {
  if (hasSources()) await ensure('node', options);
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const asked = process.argv.slice(2).filter((argument) => argument !== '--force');
  const unknown = asked.find((name) => !Object.hasOwn(targets, name));
  if (unknown) {
    console.error(`There is nothing called "${unknown}" to build. There is: ${Object.keys(targets).join(', ')}.`);
    process.exit(2);
  }
  ensureInstalled();
  const names = asked.length ? asked : Object.keys(targets);
  if (process.argv.includes('--force')) for (const name of names) rmSync(join(root, `dist/${name}.stamp`), { force: true });
  for (const name of names) await ensure(name);
}
