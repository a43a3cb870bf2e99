import { expect, test } from 'vitest';
import { dataWorkerUrl, engineWorkerUrl, inferWorkerUrl, trustedScriptUrl } from '../../../src/host/browser/page-scripts.js';

const ownServiceWorker = (): URL => new URL('service-worker.js', document.baseURI);

test('our own scripts are admitted, as the platform wants them', () => {
  for (const url of [dataWorkerUrl, engineWorkerUrl, inferWorkerUrl, ownServiceWorker()]) {
    const trusted: unknown = trustedScriptUrl(url);
    expect(Object.prototype.toString.call(trusted)).toBe('[object TrustedScriptURL]');
    expect(String(trusted)).toBe(String(url));
  }
});

test.each([
  'https://elsewhere.invalid/assets/data.worker.js',
  'data:text/javascript,postMessage(1)',
  'javascript:alert(1)',
  'blob:https://elsewhere.invalid/1',
  '/other.js',
  './service-worker.js',
  `${dataWorkerUrl}#x`,
  `${engineWorkerUrl}/../other.js`,
  '',
])('%s is refused', (url) => {
  expect(() => trustedScriptUrl(url)).toThrow(expect.objectContaining({ code: 'worker-refused' }));
});

/** Runs our module in a frame under a Content-Security-Policy and answers what became of starting a worker. */
async function startUnder(policy: string): Promise<unknown> {
  const frame = document.createElement('iframe');
  const answer = new Promise((resolve) =>
    addEventListener('message', (event) => event.source === frame.contentWindow && resolve(event.data)),
  );
  frame.srcdoc = `
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <script type="module">
      const { dataWorkerUrl, trustedScriptUrl } = await import('${new URL('/src/host/browser/page-scripts.ts', location.href)}');
      const attempt = (start) => {
        try {
          start().terminate();
          return 'started';
        } catch (error) {
          return error.code ?? error.name;
        }
      };
      parent.postMessage({
        ours: attempt(() => new Worker(trustedScriptUrl(dataWorkerUrl), { type: 'module' })),
        plain: attempt(() => new Worker(dataWorkerUrl, { type: 'module' })),
      });
    </script>`;
  document.body.append(frame);
  try {
    return await answer;
  } finally {
    frame.remove();
  }
}

test('under the strict policy our workers start, and an address as mere text does not', async () => {
  const outcome = await startUnder("require-trusted-types-for 'script'; trusted-types benchwright");
  expect(outcome).toEqual({ ours: 'started', plain: 'TypeError' });
});

test('a page whose policy does not name ours is told so', async () => {
  const outcome = await startUnder("require-trusted-types-for 'script'; trusted-types another");
  expect(outcome).toEqual({ ours: 'worker-blocked', plain: 'TypeError' });
});
