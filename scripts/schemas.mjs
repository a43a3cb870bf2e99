/** Writes docs/schemas/*.json from the vocabulary in src/. Run after a spec or an answer has changed: node scripts/schemas.mjs */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { root } from './ensure.mjs';

const { module } = await runnerImport(join(root, 'src/cli/schemas.ts'), { root, configFile: false, logLevel: 'warn' });
const folder = join(root, 'docs/schemas');
mkdirSync(folder, { recursive: true });
for (const [file, text] of module.schemaFiles()) writeFileSync(join(folder, file), text);
