import { expect, test } from 'vitest';
import { Claims } from '../../../src/base/claims.js';
import { InputError } from '../../../src/base/errors.js';

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
