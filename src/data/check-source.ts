/** What a caller gives as a source, checked before anything is made of it. Whether it can be read is found out by reading. */
import { InputError } from '../base/errors.js';
import { shown } from '../spec/expectation.js';
import { listed } from './columns/access.js';
import type { Source } from './source.js';

/** The texts that each kind needs. */
const textsOfKind: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['builtin', ['name']],
  ['file', ['name']],
  ['text', ['name', 'text']],
  ['url', ['url']],
  ['pictures', ['name']],
]);

/** @throws InputError `invalid-source`, naming the field, what was given and what was expected */
export function checkSource(source: unknown): asserts source is Source {
  if (typeof source !== 'object' || source === null) throw refusal(source, [], 'an object', 'Give one, for example');
  const given = source as Readonly<Record<string, unknown>>;
  const kinds = [...textsOfKind.keys()].map(String);
  const texts = textsOfKind.get(given.kind);
  if (!texts) throw refusal(source, ['kind'], `one of ${listed(kinds)}`, 'Choose one of them, for example');
  const absent = texts.find((field) => typeof given[field] !== 'string');
  if (absent !== undefined) throw refusal(source, [absent], 'a text', `A source of kind "${String(given.kind)}" needs it. Another way is`);
  if (given.kind === 'file' && !canStream(given.file)) {
    throw refusal(
      source,
      ['file'],
      'a File, a Blob or an object with a method "stream"',
      'Give the file itself, not its path. Another way is',
    );
  }
  if (given.kind === 'pictures' && !(Array.isArray(given.files) && given.files.every(isSourceFile))) {
    throw refusal(source, ['files'], 'a list of files, each { path, file }', 'Give the files of a folder. Another way is');
  }
}

const isSourceFile = (given: unknown): boolean =>
  typeof given === 'object' &&
  given !== null &&
  'path' in given &&
  typeof given.path === 'string' &&
  'file' in given &&
  canStream(given.file);

const canStream = (file: unknown): boolean =>
  typeof file === 'object' && file !== null && 'stream' in file && typeof file.stream === 'function';

function refusal(source: unknown, path: readonly string[], expected: string, advice: string): InputError {
  const field = ['source', ...path].join('.');
  return new InputError('invalid-source', `"${field}" is ${shown(source, path)}, not ${expected}.`, {
    advice: `${advice} { kind: 'builtin', name: 'iris' }.`,
    place: { field },
  });
}

/** The source that was given. @throws InputError `invalid-source` */
export function checkedSource(source: unknown): Source {
  checkSource(source);
  return source;
}
