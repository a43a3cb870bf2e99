import { expect, test } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import { checkOptions } from '../../../src/host/options.js';
import type { WorkbenchOptions } from '../../../src/host/workbench.js';

const page = { host: 'a browser', storage: ['indexeddb', 'memory'] } as const;
const node = { host: 'Node', storage: ['memory', 'files'] } as const;

const refusal = (options: unknown, host: Parameters<typeof checkOptions>[1] = node): InputError => {
  try {
    checkOptions(options as WorkbenchOptions, host);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  return expect.unreachable('it was accepted');
};

test("what is left out is decided: the host's own storage, any device, and one core left to the page", () => {
  expect(checkOptions({}, page)).toMatchObject({ storage: 'indexeddb', device: 'auto' });
  expect(checkOptions({}, node)).toMatchObject({ storage: 'memory', device: 'auto' });
  expect(checkOptions({}, node).threads).toBeGreaterThanOrEqual(1);
});

test('what is given is kept', () => {
  const options = { storage: 'files', path: 'kept', device: 'cpu', threads: 3 } as const;
  expect(checkOptions(options, node)).toEqual(options);
});

test.each([
  [{ storage: 'indexeddb' }, 'storage', '"memory" or "files"'],
  [{ storage: 'toString' }, 'storage', '"memory" or "files"'],
  [{ storage: 'files' }, 'path', 'folder'],
  [{ path: '' }, 'path', 'folder'],
  [{ path: 7 }, 'path', 'folder'],
  [{ device: 'gpu' }, 'device', '"webgpu"'],
  [{ device: 'constructor' }, 'device', '"webgpu"'],
  [{ threads: 0 }, 'threads', 'from 1 to'],
  [{ threads: 1.5 }, 'threads', 'from 1 to'],
  [{ threads: '4' }, 'threads', 'from 1 to'],
  [{ stroage: 'memory' }, 'stroage', 'storage, path, device, threads'],
])('%j is refused, naming the option and what to do', (options, option, advice) => {
  const error = refusal(options);
  expect(error).toMatchObject({ code: 'invalid-options', place: { option } });
  expect(error.advice).toContain(advice);
});

test.each([null, 7, 'memory'])('%j is no object of options', (options) => {
  expect(refusal(options)).toMatchObject({ code: 'invalid-options', message: expect.stringContaining(String(options)) });
});

test('a page has no files', () => {
  expect(refusal({ storage: 'files', path: 'kept' }, page).advice).toContain('"indexeddb" or "memory"');
});
