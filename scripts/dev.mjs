/** `npm run dev`: Vite with the application's own headers, less what its client for changed files cannot do without. */
import process from 'node:process';
import { ensureInstalled, root } from './ensure.mjs';
import { askedPort, refuseTakenPort } from './port.mjs';

const port = askedPort(5173);
ensureInstalled();
const { createServer } = await import('vite');
const { developmentHeaders } = await import('../server/headers.mjs');
const server = await createServer({ root, server: { headers: developmentHeaders, port, strictPort: Boolean(process.env.PORT) } });
try {
  await server.listen();
} catch (error) {
  // Vite gives this one no code.
  if (!error.message.includes('already in use')) throw error;
  refuseTakenPort(port, 'npm run dev');
}
server.printUrls();
server.bindCLIShortcuts({ print: true });
