/** How the application is built, and the lanes of tests. The other builds are in scripts/build.mjs, the headers in server/. */
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { launchOptions } from './scripts/browser.mjs';
import { servedSchemas } from './scripts/build/schemas.mjs';

/** Bundled before a lane in the browser begins: found while it runs, Vite would load the page anew in the middle of a test. */
const loadedLazily = [
  '@jsquash/jpeg/decode.js',
  '@jsquash/png/decode.js',
  '@jsquash/webp/decode.js',
  '@lit/context',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-webgl',
  '@tensorflow/tfjs-backend-webgpu',
  '@tensorflow/tfjs-core',
  '@zip.js/zip.js/lib/zip-core-custom.js',
  'axe-core',
  'comlink',
  'idb',
  'lit',
  'lit/decorators.js',
  'lit/directive.js',
  'lit/directives/keyed.js',
  'lit/directives/live.js',
  'onnxruntime-web/wasm',
  'onnxruntime-web/webgpu',
  'uplot',
  'zod/mini',
];

/** A lane of tests in real Chromium. */
const chromium = (webgpu: boolean) => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions: launchOptions({ webgpu }) }),
  instances: [{ browser: 'chromium' as const }],
});

export default defineConfig({
  // Relative addresses: the same build works at the root of a site and in any folder of it.
  base: './',
  plugins: [servedSchemas()],
  build: { emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  worker: { format: 'es' },
  test: {
    // One lane after the other, as `npm test` runs them.
    projects: [
      // Unit tests share nothing that one could spoil for another: one process saves more time than they take.
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: ['test/unit/**/*.test.ts'],
          environment: 'node',
          pool: 'threads',
          isolate: false,
          testTimeout: 30_000,
        },
      },
      // Generous limits: a busy machine is no failure, and nothing is timed.
      {
        test: {
          name: 'contract',
          sequence: { groupOrder: 1 },
          include: ['test/contract/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'architecture',
          sequence: { groupOrder: 2 },
          include: ['test/architecture/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          maxWorkers: '100%',
        },
      },
      {
        extends: true,
        optimizeDeps: { include: loadedLazily },
        test: {
          name: 'browser',
          sequence: { groupOrder: 3 },
          include: ['test/browser/**/*.test.ts'],
          browser: chromium(false),
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        optimizeDeps: { include: loadedLazily },
        test: {
          name: 'gpu',
          sequence: { groupOrder: 4 },
          include: ['test/gpu/**/*.test.ts'],
          browser: chromium(true),
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          sequence: { groupOrder: 5 },
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          // A page on a busy machine takes longer than the second that is usual to show what it was told.
          expect: { poll: { timeout: 20_000, interval: 50 } },
        },
      },
    ],
  },
});
