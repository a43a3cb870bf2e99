/** Conventions that a reader relies on: named exports, short files, seeded randomness, no code from text. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { longestFile } from './rules.js';
import { filesIn, isGenerated, parse, read, sources } from './sources.js';

const where = (file: ts.SourceFile, node: ts.Node) => `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;

/** Every node of a file for which `judge` answers a message, as `file:line message`. */
function faults(path: string, judge: (node: ts.Node) => string | undefined, text?: string): string[] {
  const file = parse(path, text);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    const message = judge(node);
    if (message) found.push(`${where(file, node)} ${message}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function exportFault(node: ts.Node): string | undefined {
  if (ts.isExportDeclaration(node) && (!node.exportClause || ts.isNamespaceExport(node.exportClause))) {
    return 'exports everything of another file: list the names.';
  }
  const isDefault = ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
  return ts.isExportAssignment(node) || isDefault ? 'is a default export: name it.' : undefined;
}

function callFault(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random') return 'is not seeded: take a generator of base/random.';
  const isCall = ts.isCallExpression(node) || ts.isNewExpression(node);
  if (isCall && ['eval', 'Function'].includes(node.expression.getText())) return 'runs text as code: the policy of the page forbids it.';
  return undefined;
}

/** In a template, however its text is cut by expressions. */
function styleFault(node: ts.Node): string | undefined {
  const isText =
    ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
  if (!isText || !/(?:^|\s)style\s*=/.test(node.text)) return undefined;
  return 'has a style attribute, which the policy of the page refuses: take customProperties of ui/elements, or a class.';
}

/** Left to each engine by the language: Node and Chromium differ in the last digit. */
const inexact = /^Math\.(a?cosh?|a?sinh?|a?tanh?|atan2|cbrt|exp|expm1|hypot|log|log10|log1p|log2|pow)$/;

function digitsFault(node: ts.Node): string | undefined {
  const isPower = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken;
  // Powers of two are exact everywhere.
  if (isPower && node.left.getText() !== '2') return 'has other last digits in another engine: take squared or power of base/elementary.';
  if (!ts.isPropertyAccessExpression(node) || !inexact.test(node.getText())) return undefined;
  return 'has other last digits in another engine: take the function of base/elementary.';
}

/** Draws pictures or judges with a tolerance: digits beyond that do not matter there. */
const mayBeInexact = (path: string) => path.startsWith('src/ui/') || path.startsWith('src/compute/plan/reference');

describe('conventions', () => {
  it('names every export', () => {
    expect(sources().flatMap((path) => faults(path, exportFault))).toEqual([]);
  });

  it('draws no unseeded random number and runs no text as code', () => {
    expect(sources().flatMap((path) => faults(path, callFault))).toEqual([]);
  });

  it('has no style attribute in a template', () => {
    expect(sources().flatMap((path) => faults(path, styleFault))).toEqual([]);
  });

  it('computes the same digits in every engine', () => {
    const exact = sources().filter((path) => !mayBeInexact(path) && !path.includes('/assembly/'));
    expect(exact.flatMap((path) => faults(path, digitsFault))).toEqual([]);
  });

  it('opens every file with what it is', () => {
    expect(sources().filter((path) => !/^\s*(\/\*\*|\/\/)/.test(read(path)))).toEqual([]);
  });

  it(`has no file of more than ${longestFile} lines`, () => {
    const folders = ['src', 'workers', 'server', 'scripts', 'test', 'bench'];
    const files = folders.flatMap((folder) => [...filesIn(folder, '.ts'), ...filesIn(folder, '.mjs')]).filter((path) => !isGenerated(path));
    const lengths = files.map((path) => ({ path, lines: read(path).split('\n').length - 1 })).sort((a, b) => b.lines - a.lines);
    const total = lengths.reduce((sum, { lines }) => sum + lines, 0);
    console.log(`${files.length} files, ${total} lines; the longest:`);
    for (const { path, lines } of lengths.slice(0, 10)) console.log(`${String(lines).padStart(5)}  ${path}`);
    expect(lengths.filter(({ path, lines }) => lines > longestFile && !path.startsWith('test/'))).toEqual([]);
  });
});

describe('the detectors', () => {
  it.each([
    ["export * from './x.js';", 'list the names'],
    ["export * as x from './x.js';", 'list the names'],
    ['export default 1;', 'name it'],
    ['export default class {}', 'name it'],
  ])('find %s', (text, message) => {
    expect(faults('probe.ts', exportFault, text)).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['const a = Math.random();', 'not seeded'],
    ["eval('1')", 'text as code'],
    ["new Function('return 1')", 'text as code'],
  ])('find %s', (text, message) => {
    expect(faults('probe.ts', callFault, text)).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    'html`<p style="color: red"></p>`',
    `html\`<p class=\${a} style=\${b}></p>\``,
    `svg\`<svg style=\${a}>\``,
    "html`<p\n style='x: y'>`",
  ])('find %s', (text) => {
    expect(faults('probe.ts', styleFault, text)).toEqual([expect.stringContaining('customProperties')]);
  });

  it.each(['Math.log(2)', 'values.map(Math.tanh)', 'x ** 2', 'Math.pow(x, 2)'])('find %s', (text) => {
    expect(faults('probe.ts', digitsFault, text)).toEqual([expect.stringContaining('base/elementary')]);
  });
});
