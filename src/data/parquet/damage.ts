/** What is wrong with a Parquet file, said where it is found; whoever knows the file's name makes an error for people of it. */
import { BenchwrightError, InputError } from '../../base/errors.js';

/** Raised deep inside a file: bytes that contradict each other. */
export class Damage extends Error {}

/** Runs what reads a file's bytes; whatever they make go wrong is the file's fault. @throws InputError `damaged-file` */
export async function blaming<Answer>(file: string, work: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (thrown) {
    throw blamed(file, thrown);
  }
}

/** The decoders of other people raise what they like on broken bytes: RangeError, TypeError, texts. */
export function blamed(file: string, thrown: unknown): BenchwrightError {
  if (thrown instanceof BenchwrightError) return thrown;
  const problem = thrown instanceof Error ? thrown.message : String(thrown);
  return new InputError('damaged-file', `${file} is a Parquet file, but damaged: ${problem.replace(/\.$/, '')}.`, {
    advice: 'Copy or download it again, or write it anew with the program that made it.',
    cause: thrown,
    place: { file },
  });
}

export const unsupported = (file: string, what: string, advice: string): InputError =>
  new InputError('unsupported-parquet', `${file} ${what}.`, { advice, place: { file } });
