/** A file of JSON that an option names: read, and held to a schema by errors that name the file. */
import { readFile, stat } from 'node:fs/promises';
import { InputError } from '../base/errors.js';

/** What it is read for: names the option and the published schema in messages. */
export interface JsonPurpose {
  option: string;
  schema: string;
  /** Code where it is JSON, but no object. */
  invalid: string;
}

/** Bytes: a spec is written by people. */
const largest = 16 * 2 ** 20;

/** @throws InputError `unreadable-file`, `invalid-json` or `purpose.invalid`, naming the file */
export async function readJsonObject(file: string, { option, schema, invalid }: JsonPurpose): Promise<object> {
  const place = { file };
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > largest) {
    throw new InputError(invalid, `The file "${file}" given by ${option} has ${size} bytes; ${largest} are the most.`, {
      advice: `Check the path; ${schema} says what it may hold.`,
      place,
    });
  }
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new InputError('unreadable-file', `The file "${file}" given by ${option} cannot be read: ${cause.message}`, {
      advice: 'Check the path.',
      cause,
      place,
    });
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError('invalid-json', `"${file}" is not JSON: ${(cause as Error).message}`, {
      advice: `Mend the file; ${schema} says what it may hold.`,
      cause,
      place,
    });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    // For editors: it says which schema the file keeps to, and nothing else.
    const { $schema: _, ...content } = value as { $schema?: unknown };
    return content;
  }
  throw new InputError(invalid, `"${file}" holds no JSON object.`, { advice: `${schema} says what it may hold.`, place });
}

/** Adds the file to what is wrong with the layers that it gives, which only shows once the data is known. */
export async function withLayersOf<Answer>(file: string | undefined, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    const field = error instanceof InputError ? error.place.field : undefined;
    if (file === undefined || typeof field !== 'string' || !field.startsWith('layers.')) throw error;
    return named(file, () => {
      const { code, message, advice, place } = error as InputError;
      throw new InputError(code, `at "${field}": ${message}`, { advice, cause: error, place });
    });
  }
}

/** Adds the file to what is wrong in it. */
export function named<Answer>(file: string, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.code, `"${file}": ${error.message}`, {
      advice: error.advice,
      cause: error,
      place: { file, ...error.place },
    });
  }
}
