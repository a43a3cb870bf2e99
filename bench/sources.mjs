/** Loads modules of src as they stand, without a build, for benches that run in Node. Not an entry itself. */
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/** Calls `use` with a function that imports a source by its path from the root; ends the compiler afterwards. */
export async function withSources(use) {
  const server = await createServer({
    root: fileURLToPath(new URL('../', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    return await use((path) => server.ssrLoadModule(`/${path}`));
  } finally {
    await server.close();
  }
}
