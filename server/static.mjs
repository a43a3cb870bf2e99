/** Serves one folder with the headers of `headers.mjs`. Not a general server: GET and HEAD of files that exist. */
import { createServer } from 'node:http';
import sirv from 'sirv';
import { cacheControl, headers } from './headers.mjs';

/** Both names of this machine: browsers take either for `localhost`. */
const loopback = ['127.0.0.1', '::1'];

const listenOn = (handler, port, host) =>
  new Promise((resolve, reject) => {
    const server = createServer(handler);
    server.once('error', reject);
    server.listen({ port, host, ipv6Only: host === '::1' }, () => resolve(server));
  });

const closed = (server) =>
  new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });

/**
 * @param {string} folder what is served
 * @param {{port: number, host?: string, onRequest?: (path: string) => void}} options port 0 takes a free one; without a host
 *   only this machine is answered
 * @returns {Promise<{port: number, close: () => Promise<void>}>}
 * @throws the system's error, with code EADDRINUSE where the port is taken
 */
export async function serveFolder(folder, { port, host, onRequest }) {
  const files = sirv(folder, {
    // Looks at the folder anew for each request: a build may replace it meanwhile.
    dev: true,
    etag: true,
    setHeaders: (response, path) => response.setHeader('Cache-Control', cacheControl(path)),
  });
  const handler = (request, response) => {
    onRequest?.(request.url);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    const notFound = () => {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
      response.end(`There is no file ${request.url}\n`);
    };
    if (request.url.includes('/.')) notFound();
    else files(request, response, notFound);
  };

  const servers = [];
  try {
    for (const name of host ? [host] : loopback) {
      try {
        servers.push(await listenOn(handler, servers[0]?.address().port ?? port, name));
      } catch (error) {
        const withoutThisFamily = error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT';
        if (!withoutThisFamily || servers.length === 0) throw error;
      }
    }
  } catch (error) {
    await Promise.all(servers.map(closed));
    throw error;
  }
  return {
    port: servers[0].address().port,
    close: async () => void (await Promise.all(servers.map(closed))),
  };
}
