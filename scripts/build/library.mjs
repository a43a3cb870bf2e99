/** Builds the library: for Node with the dependencies left outside, for pages with everything and its workers as files. */
import { join } from 'node:path';
import { build } from 'vite';

const shared = (root) => ({
  root,
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  mode: 'production',
});

const output = { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' };

export async function buildForNode(root, folder) {
  await build({
    ...shared(root),
    // tfjs writes ES modules that Node takes for CommonJS by their package.json, so they come along.
    ssr: { noExternal: [/^@tensorflow\//] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: {
          index: join(root, 'src/host/node/index.ts'),
          cli: join(root, 'src/cli/main.ts'),
          // Beside the chunk that starts it.
          'chunks/onnx-thread': join(root, 'src/host/node/onnx/onnx-thread.ts'),
        },
        output,
      },
    },
  });
}

export async function buildForBrowser(root, folder) {
  await build({
    ...shared(root),
    base: './',
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { index: join(root, 'src/host/browser/index.ts') },
        preserveEntrySignatures: 'strict',
        output,
      },
    },
  });
}
