import { describe, expect, it } from 'vitest';
import { checkChange, namedChunks, oldestFirst } from '../../../src/storage/records.js';
import { dataset, setting } from '../../contract/storage/samples.js';

const ref = (character: string) => ({ hash: character.repeat(64), bytes: 1 });

describe('a change', () => {
  it('is copied, without properties that are undefined', () => {
    const value = { kept: 1, dropped: undefined };
    const { put, kinds } = checkChange({ put: [setting('s', value)], remove: [{ kind: 'run', id: 'r' }] });
    value.kept = 2;
    expect(put).toStrictEqual([setting('s', { kept: 1 })]);
    expect(kinds).toEqual(['setting', 'run']);
  });

  it('is refused at the property that cannot be kept', () => {
    const change = { put: [setting('s', { list: [1, { when: new Date(0) }] })] };
    expect(() => checkChange(change)).toThrow(/setting "s"\.value\.list\[1\]\.when is neither/);
  });
});

describe('chunks named by a record', () => {
  it('are found at any depth, once each', () => {
    expect(namedChunks(dataset('one', [ref('a'), ref('b'), ref('a')]))).toEqual([ref('a').hash, ref('b').hash]);
    expect(namedChunks(setting('s', { deep: [[ref('c')]], hash: 'no bytes beside it' }))).toEqual([ref('c').hash]);
  });
});

it('puts records in order of creation, then of id', () => {
  expect(oldestFirst<'dataset'>([dataset('b', [], 2), dataset('a', [], 2), dataset('z', [], 1)]).map(({ id }) => id)).toEqual([
    'z',
    'a',
    'b',
  ]);
});
