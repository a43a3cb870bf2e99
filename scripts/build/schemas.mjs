/** Serves the published schemas of what people write beside the application, so that a `$schema` may point to them: `schemas/NAME-spec.json`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../ensure.mjs';

const folder = join(root, 'docs/schemas');
const files = () => readdirSync(folder).filter((file) => file.endsWith('-spec.json'));

export const servedSchemas = () => ({
  name: 'benchwright-schemas',
  generateBundle() {
    for (const file of files()) {
      this.emitFile({ type: 'asset', fileName: `schemas/${file}`, source: readFileSync(join(folder, file), 'utf8') });
    }
  },
  configureServer(server) {
    server.middlewares.use('/schemas', (request, response, next) => {
      const file = files().find((name) => request.url === `/${name}`);
      if (!file) return next();
      response.setHeader('content-type', 'application/json');
      response.end(readFileSync(join(folder, file)));
    });
  },
});
