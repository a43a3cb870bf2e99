import { expect, test } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import { Claims } from '../../../src/train/claims.js';

test('a run is claimed by one at a time, and seen as active meanwhile', async () => {
  const claims = new Claims();
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
