/** `npm start` as a newcomer meets it: the printed address answers with every header, and a taken port is a clear error. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headers } from '../../server/headers.mjs';
import { type Site, start, startSite } from './support/site.js';

describe('npm start', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site.stop());

  const answer = (path: string, options?: RequestInit) => fetch(new URL(path, site.address), options);

  it('serves the page with every header', async () => {
    const response = await answer('');
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>Benchwright');
    for (const [name, value] of Object.entries(headers)) expect(response.headers.get(name), name).toBe(value);
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  it('lets files with a hash in their name be kept for ever, and the service worker for a day', async () => {
    const script = /(assets\/[^"]+\.js)"/.exec(await (await answer('')).text())![1];
    expect((await answer(script)).headers.get('cache-control')).toContain('immutable');
    const worker = await answer('service-worker.js');
    expect(worker.headers.get('cache-control')).toBe('public, max-age=86400');
    expect(worker.headers.get('content-type')).toContain('javascript');
  });

  it.each(['../package.json', '..%2fpackage.json', '%2e%2e/package.json', '.vite/manifest.json', 'nothing', '%00', '%'])(
    'has no file %s',
    async (path) => {
      const response = await answer(path);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-security-policy')).toBe(headers['Content-Security-Policy']);
    },
  );

  it('answers only what reads', async () => {
    expect((await answer('', { method: 'POST', body: 'x' })).status).toBe(405);
  });

  it('names a taken port and how to choose another, and ends with an error', async () => {
    const { port } = new URL(site.address);
    const second = start({ PORT: port });
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`Port ${port} is taken`);
    expect(second.output()).toContain('PORT=');
  });

  it('refuses a port that is none', async () => {
    const wrong = start({ PORT: 'http' });
    expect(await wrong.ended).toBe(1);
    expect(wrong.output()).toContain('"http"');
  });
});
