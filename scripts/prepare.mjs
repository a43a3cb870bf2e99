/**
 * Runs after `npm ci` in a clone: builds the library for Node, so that `import 'benchwright'` and `npx benchwright` answer at
 * once. Where the development dependencies are left out there is nothing to build with, and that is fine.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureNodeBuild } from './build.mjs';
import { root } from './ensure.mjs';

if (existsSync(join(root, 'node_modules/vite'))) {
  await ensureNodeBuild({ install: false }).catch((error) => {
    console.error(`The library was not built now, and will be when it is first used: ${error.message}`);
  });
}
