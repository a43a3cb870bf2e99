/** The first screen stays small: the JavaScript that index.html needs before anything is chosen, gzipped, ours and libraries'. */
import { dirname, join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureAppBuild } from '../../scripts/build.mjs';
import { firstScreenKibibytes } from './rules.js';
import { parse, read } from './sources.js';

const app = 'dist/app';

/** Imports that load with a module, not those that it asks for later. */
const staticImports = (path: string): string[] =>
  parse(path).statements.flatMap((statement) => {
    const specifier = ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) ? statement.moduleSpecifier : undefined;
    return specifier && ts.isStringLiteral(specifier) ? [posix.join(dirname(path), specifier.text)] : [];
  });

function firstScreen(): string[] {
  const scripts = [...read(`${app}/index.html`).matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, address]) => join(app, address));
  const found = new Set<string>();
  const visit = (path: string) => {
    if (found.has(path)) return;
    found.add(path);
    staticImports(path).forEach(visit);
  };
  scripts.forEach(visit);
  return [...found];
}

describe('the first screen', () => {
  beforeAll(() => ensureAppBuild(), 120_000);

  it(`needs at most ${firstScreenKibibytes} KiB of gzipped JavaScript`, () => {
    const sizes = firstScreen().map((path) => ({ path, kibibytes: gzipSync(read(path), { level: 9 }).length / 1024 }));
    for (const { path, kibibytes } of sizes) console.log(`${kibibytes.toFixed(1).padStart(6)} KiB  ${path}`);
    const total = sizes.reduce((sum, { kibibytes }) => sum + kibibytes, 0);
    console.log(`${total.toFixed(1).padStart(6)} KiB  together`);
    expect(total).toBeGreaterThan(1);
    expect(total, 'Import what the first screen does not show where it is used: `await import(…)`.').toBeLessThanOrEqual(
      firstScreenKibibytes,
    );
  });
});
