/** `npm run dev`: Vite with the application's own headers, less what its client for changed files cannot do without. */
import process from 'node:process';
import { ensureInstalled, root } from './ensure.mjs';

ensureInstalled();
const { createServer } = await import('vite');
const { developmentHeaders } = await import('../server/headers.mjs');
const server = await createServer({
  root,
  server: { headers: developmentHeaders, port: Number(process.env.PORT ?? 5173), strictPort: Boolean(process.env.PORT) },
});
await server.listen();
server.printUrls();
server.bindCLIShortcuts({ print: true });
