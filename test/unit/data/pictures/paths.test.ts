/** What a picture's path says of it. */
import { expect, test } from 'vitest';
import { isLeftover, meaningOf, partNamed } from '../../../../src/data/pictures/paths.js';
import { folder, golden, imported } from './golden.js';

test.each([
  ['tom.png', {}],
  ['cats/tom.png', { label: 'cats' }],
  ['train/cats/tom.png', { label: 'cats', part: 'training' }],
  ['Validation/cats/tom.png', { label: 'cats', part: 'validation' }],
  ['test/big/cats/tom.png', { label: 'cats', part: 'test' }],
  ['train/tom.png', {}],
  // The innermost of two that name a part.
  ['test/train/cats/tom.png', { label: 'cats', part: 'training' }],
  ['constructor/cats/tom.png', { label: 'cats' }],
])('%s', (path, meaning) => {
  expect(meaningOf(path)).toEqual(meaning);
});

test('parts are known by their usual names, in any case, and by nothing that objects inherit', () => {
  expect(['train', 'TRAINING', 'val', 'valid', 'testing', 'constructor', 'tests'].map(partNamed)).toEqual([
    'training',
    'training',
    'validation',
    'validation',
    'test',
    undefined,
    undefined,
  ]);
});

test('what systems leave in folders is passed over', () => {
  expect(['__MACOSX/cats/._tom.png', 'cats/.DS_Store', 'cats/Thumbs.db', '.git/x.png'].every(isLeftover)).toBe(true);
  expect(['cats/tom.png', 'cats.db/tom.png', 'cats/tom.v2.png'].some(isLeftover)).toBe(false);
});

test('the folder around all is no class, one of two is, and parts around all stay', async () => {
  const picture = golden('grey.png');
  const files = async (...paths: string[]) => {
    const { texts, record } = await imported(folder(Object.fromEntries(paths.map((path) => [path, picture]))));
    return {
      file: texts('file'),
      label: texts('label'),
      ...(record.fields.some(({ name }) => name === 'part') ? { part: texts('part') } : {}),
    };
  };
  expect(await files('pets/cats/a.png', 'pets/dogs/b.png')).toEqual({ file: ['cats/a.png', 'dogs/b.png'], label: ['cats', 'dogs'] });
  expect(await files('cats/a.png', 'dogs/b.png')).toEqual({ file: ['cats/a.png', 'dogs/b.png'], label: ['cats', 'dogs'] });
  expect(await files('pets/train/cats/a.png', 'pets/test/cats/b.png')).toEqual({
    file: ['test/cats/b.png', 'train/cats/a.png'],
    label: ['cats', 'cats'],
    part: ['test', 'training'],
  });
  expect(await files('train/cats/a.png', 'train/dogs/b.png')).toMatchObject({ part: ['training', 'training'] });
});
