import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../../../scripts/ensure.mjs';

/** A project whose only dependency is a folder of its own, for development: it installs without a network. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'benchwright-ensure-'));
  const json = (path: string, value: object): void => writeFileSync(join(folder, path), JSON.stringify(value));
  const project = { name: 'project', version: '1.0.0', devDependencies: { tool: 'file:tool' } };
  mkdirSync(join(folder, 'scripts'));
  mkdirSync(join(folder, 'tool'));
  copyFileSync(join(root, 'scripts/ensure.mjs'), join(folder, 'scripts/ensure.mjs'));
  json('tool/package.json', { name: 'tool', version: '1.0.0' });
  json('package.json', project);
  json('package-lock.json', {
    ...project,
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': project,
      'node_modules/tool': { resolved: 'tool', link: true },
      tool: { version: '1.0.0', dev: true },
    },
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what builds the application is installed in production too', { timeout: 60_000 }, () => {
  const script = `import(${JSON.stringify(join(folder, 'scripts/ensure.mjs'))}).then(({ ensureInstalled }) => ensureInstalled())`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
    env: { ...process.env, NODE_ENV: 'production' },
    encoding: 'utf8',
  });
  expect({ status, stdout }, stderr).toEqual({ status: 0, stdout: '' });
  expect(existsSync(join(folder, 'node_modules/tool/package.json'))).toBe(true);
});
