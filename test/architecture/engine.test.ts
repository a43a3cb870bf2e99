/**
 * The engine's own configuration knows neither the DOM nor Node: a file of an engine room that uses them does not compile.
 * That the real files compile is `npm run check`; here stands that the check would notice.
 */
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { engineRooms } from './rules.js';
import { root } from './sources.js';

const configuration = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.engine.json'), {}, {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
    throw new Error(String(diagnostic.messageText));
  },
} as ts.ParseConfigFileHost)!;

/** Compiles one text as if it stood in an engine room. */
function messages(text: string): string[] {
  const path = join(root, 'src/base/probe.ts');
  const host = ts.createCompilerHost(configuration.options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === path || fileExists(name);
  host.getSourceFile = (name, options) =>
    name === path ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : getSourceFile(name, options);
  const program = ts.createProgram([path], configuration.options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('the engine', () => {
  it('covers every engine room', () => {
    const files = configuration.fileNames.map((name) => name.slice(root.length));
    for (const room of engineRooms)
      expect(
        files.some((name) => name.startsWith(`src/${room}/`)),
        room,
      ).toBe(true);
  });

  it.each(['export const title = document.title;', 'export const home = process.env.HOME;', "import 'node:fs';"])('refuses %s', (text) => {
    expect(messages(text)).not.toEqual([]);
  });

  it('accepts what a page, a worker and Node have in common', () => {
    expect(messages('export const hash = () => crypto.subtle.digest("SHA-256", new Uint8Array(1));')).toEqual([]);
  });
});
