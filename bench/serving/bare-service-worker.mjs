/** A page whose service worker answers every POST at once, with what our router says of penguins: what is left is the browser's. */
import { once } from 'node:events';
import { createServer } from 'node:http';

const answer = JSON.stringify({
  predictions: [{ prediction: 'Gentoo', probability_Adelie: 0, probability_Chinstrap: 0, probability_Gentoo: 1 }],
});
const worker = `
  addEventListener('install', () => skipWaiting());
  addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  addEventListener('fetch', (event) => {
    if (event.request.method === 'POST') event.respondWith(event.request.text().then(() => new Response(${JSON.stringify(answer)})));
  });`;

/** @param work is given the page */
export async function withBareServiceWorker(context, work) {
  const server = createServer((request, response) => {
    const isWorker = request.url === '/worker.js';
    response.setHeader('Content-Type', isWorker ? 'text/javascript' : 'text/html');
    response.end(isWorker ? worker : '<!doctype html><title>Bare</title>');
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const page = await context.newPage();
  try {
    await page.goto(`http://localhost:${server.address().port}/`);
    await page.evaluate(() => navigator.serviceWorker.register('/worker.js'));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    return await work(page);
  } finally {
    await page.close();
    server.closeAllConnections();
    server.close();
  }
}
