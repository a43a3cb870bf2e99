/** Reads the sources: which files there are, and what each imports. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { root } from '../../scripts/ensure.mjs';
import { filesBelow } from '../../scripts/stamp.mjs';

export { root };

export const isGenerated = (path: string) => path.endsWith('.generated.ts') || path.startsWith('src/compute/wasm/assembly/');

/** Paths below the root with forward slashes. */
export const filesIn = (folder: string, extension: string): string[] =>
  filesBelow(join(root, folder))
    .map((file: string) => relative(root, file).replaceAll('\\', '/'))
    .filter((path: string) => path.endsWith(extension));

export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

export interface Import {
  /** The importing file, below the root. */
  from: string;
  line: number;
  /** As written. */
  specifier: string;
  /** The imported file below the root; undefined for packages. */
  to?: string;
}

/** `./x.js` → `./x.ts`, with Vite's `?worker` and the like left out. */
function resolve(from: string, specifier: string): string {
  const [path] = specifier.split('?');
  const target = relative(root, join(root, dirname(from), path)).replaceAll('\\', '/');
  const source = target.replace(/\.js$/, '.ts');
  return existsSync(join(root, source)) ? source : target;
}

/** Static, dynamic and type imports and re-exports of one file. */
export function importsOf(from: string): Import[] {
  const text = read(from);
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName: specifier, pos }) => {
    const line = text.slice(0, pos).split('\n').length;
    return specifier.startsWith('.') ? { from, line, specifier, to: resolve(from, specifier) } : { from, line, specifier };
  });
}

export const sources = (): string[] => filesIn('src', '.ts').filter((path) => !isGenerated(path));

export const allImports = (): Import[] => sources().flatMap(importsOf);

export const parse = (path: string, text = read(path)): ts.SourceFile => ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
