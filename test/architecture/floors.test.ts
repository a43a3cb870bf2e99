/** The floors hold: every import goes down, packages stay in their rooms, and nothing goes round in circles. */
import { describe, expect, it } from 'vitest';
import { allImports } from './sources.js';
import { cycle, violation } from './violations.js';

describe('floors', () => {
  const imports = allImports();

  it('has every import go down, to what its room may use', () => {
    expect(imports.length).toBeGreaterThan(20);
    expect(imports.map(violation).filter(Boolean)).toEqual([]);
  });

  it('has no cycle', () => {
    expect(cycle(imports)?.join(' → ')).toBeUndefined();
  });
});

describe('the judge', () => {
  const judge = (from: string, specifier: string, to?: string) => violation({ from, line: 1, specifier, ...(to ? { to } : {}) });

  it.each([
    ['up', 'src/data/a.ts', '../train/b.js', 'src/train/b.ts', 'imports go down only'],
    ['sideways', 'src/spec/a.ts', '../stats/b.js', 'src/stats/b.ts', 'imports go down only'],
    ['through the public door', 'src/ui/a.ts', '../index.js', 'src/index.ts', 'public door'],
    ['into an implementation', 'src/remote/a.ts', '../train/create.js', 'src/train/create.ts', 'interfaces of rooms only'],
    ['from an element to a panel', 'src/ui/elements/a.ts', '../panels/b.js', 'src/ui/panels/b.ts', 'let the panel fetch'],
    ['to an unknown room', 'src/ui/a.ts', '../attic/b.js', 'src/attic/b.ts', 'no floor'],
    ['of Node in the engine', 'src/data/a.ts', 'node:fs', undefined, "Node's modules"],
    ['of a package elsewhere', 'src/train/a.ts', '@tensorflow/tfjs-core/dist/x', undefined, '@tensorflow/tfjs-core is for compute/tfjs/'],
    ['of a package that nobody granted', 'src/ui/a.ts', 'left-pad', undefined, 'for nobody only'],
  ])('refuses an import %s, and says what to do', (_name, from, specifier, to, message) => {
    expect(judge(from, specifier, to)).toContain(message);
    expect(judge(from, specifier, to)).toContain(`${from}:1`);
  });

  it('lets a room import below, itself, and interfaces across the boundary', () => {
    expect(judge('src/train/a.ts', '../infer/b.js', 'src/infer/b.ts')).toBeUndefined();
    expect(judge('src/train/a.ts', './b.js', 'src/train/b.ts')).toBeUndefined();
    expect(judge('src/remote/a.ts', '../train/trainer.js', 'src/train/trainer.ts')).toBeUndefined();
    expect(judge('src/host/node/a.ts', 'node:fs')).toBeUndefined();
  });

  it('finds a cycle and names its files', () => {
    const edge = (from: string, to: string) => ({ from, line: 1, specifier: to, to });
    expect(cycle([edge('a', 'b'), edge('b', 'c'), edge('c', 'b')])).toEqual(['b', 'c', 'b']);
    expect(cycle([edge('a', 'b'), edge('a', 'c'), edge('b', 'c')])).toBeUndefined();
  });
});
