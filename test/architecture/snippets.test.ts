/** What the documents show runs: TypeScript is checked against the public types and executed, command lines are executed. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureNodeBuild } from '../../scripts/build.mjs';
import { read, root } from './sources.js';

const run = promisify(execFile);
const documents = ['README.md', 'docs/guide.md'];
/** Inside the repository, so that a package may import itself by its name. */
const folder = join(root, 'test/results/snippets');

const blocks = (path: string, language: string) =>
  [...read(path).matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text]) => text);

const snippets = documents.flatMap((path) => blocks(path, 'ts').map((text, index) => ({ name: `${path} ${index + 1}`, text })));

const commands = documents.map((path) => ({
  path,
  lines: blocks(path, 'sh').flatMap((text) => text.split('\n').filter((line) => line.startsWith('npx benchwright '))),
}));

function typeErrors(path: string): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [path] }, ts.sys, root);
  const program = ts.createProgram([path], { ...options, paths: { benchwright: [join(root, 'src/index.ts')] } });
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file?.fileName.startsWith(folder))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('snippets', () => {
  beforeAll(() => ensureNodeBuild(), 120_000);

  it('are there', () => {
    expect(snippets.length).toBeGreaterThan(1);
    expect(commands.every(({ lines }) => lines.length > 2)).toBe(true);
  });

  it.each(snippets)(
    '$name compiles against the public types and runs',
    async ({ name, text }) => {
      mkdirSync(folder, { recursive: true });
      const path = join(folder, `${name.replace(/\W+/g, '-')}.ts`);
      writeFileSync(path, text);
      expect(typeErrors(path)).toEqual([]);
      const script = path.replace(/\.ts$/, '.mjs');
      writeFileSync(
        script,
        ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } }).outputText,
      );
      const { stdout } = await run(process.execPath, [script]);
      expect(stdout.trim()).not.toBe('');
    },
    120_000,
  );

  describe.each(commands)('command lines of $path', ({ lines }) => {
    const place = mkdtempSync(join(tmpdir(), 'benchwright-commands-'));
    afterAll(() => rmSync(place, { recursive: true, force: true }));

    it.each(lines)(
      '%s',
      async (line) => {
        // As a shell does, as far as the documents need it: double quotes keep words together.
        const words = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"(.*)"$/, '$1'));
        const { stdout } = await run(process.execPath, [join(root, 'scripts/benchwright.mjs'), ...words.slice(2)], { cwd: place });
        if (line.includes('--json')) expect(JSON.parse(stdout)).toBeTypeOf('object');
        else if (!line.includes('--out')) expect(stdout.trim()).not.toBe('');
      },
      120_000,
    );
  });
});
