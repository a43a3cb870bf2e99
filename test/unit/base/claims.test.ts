import { afterEach, expect, test, vi } from 'vitest';
import { Claims } from '../../../src/base/claims.js';
import { InputError } from '../../../src/base/errors.js';

afterEach(() => vi.unstubAllGlobals());

test('work is claimed by one at a time, and seen as active meanwhile', async () => {
  const claims = new Claims('test ', (id) => new InputError('busy', id));
  const release = await claims.claim('a');
  expect([...(await claims.active())]).toEqual(['a']);
  await expect(claims.claim('a')).rejects.toThrow(InputError);
  const other = await claims.claim('b');
  release();
  expect([...(await claims.active())]).toEqual(['b']);
  other();
  (await claims.claim('a'))();
  expect((await claims.active()).size).toBe(0);
});

test('where locks are refused nobody else is there; any other failure is not taken for that', async () => {
  const failing = (name: string): void => {
    const fail = (): Promise<never> => Promise.reject(new DOMException('No.', name));
    vi.stubGlobal('navigator', { locks: { query: fail, request: fail } });
  };
  const claims = new Claims('test ', (id) => new InputError('busy', id));
  failing('SecurityError');
  const release = await claims.claim('a');
  expect([...(await claims.active())]).toEqual(['a']);
  release();
  failing('InvalidStateError');
  await expect(claims.active()).rejects.toMatchObject({ name: 'InvalidStateError' });
  await expect(claims.claim('a')).rejects.toMatchObject({ name: 'InvalidStateError' });
});
