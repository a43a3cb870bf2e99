/** What a server says when it cannot answer: one error for each case, and the status of each. */
import { AbortError, type BenchwrightError, InputError, StorageError } from '../base/errors.js';

const statuses: Readonly<Record<string, number>> = {
  'unknown-servable': 404,
  'unknown-route': 404,
  'method-not-allowed': 405,
  'body-too-large': 413,
  'not-implemented': 501,
  'too-busy': 503,
  'arm-not-loaded': 503,
  'nobody-serves': 503,
  'took-too-long': 504,
};

/** 4xx is the caller's, 5xx ours; 499 is nginx's number for a caller that has gone. */
export function statusOf(problem: unknown): number {
  if (problem instanceof AbortError) return 499;
  const status = statuses[(problem as Partial<BenchwrightError>).code ?? ''];
  if (status) return status;
  return problem instanceof InputError ? 400 : 500;
}

/** A sentence for the caller: what it asked wrongly, or what of the model cannot be read. Of faults in the code it hears only that there was one. */
export function messageOf(problem: unknown): string {
  if (problem instanceof InputError || problem instanceof AbortError || problem instanceof StorageError) {
    const { message, advice } = problem;
    // TensorFlow Serving's own words end without a point.
    return advice ? `${message}${/[.!?]$/.test(message) ? '' : '.'} ${advice}` : message;
  }
  return 'The server failed to answer.';
}

export const unknownServable = (what: string): InputError =>
  new InputError('unknown-servable', `Servable not found for request: ${what}`, { place: { model: what } });

export const tooBusy = (name: string, waiting: number): InputError =>
  new InputError('too-busy', `${waiting} requests wait for "${name}" already.`, { advice: 'Ask again later.', place: { model: name } });

/** @param why as a sentence */
export const nobodyServes = (why: string, advice: string): InputError => new InputError('nobody-serves', why, { advice });

export const tookTooLong = (time: number): InputError =>
  new InputError('took-too-long', `There was no answer within ${time} milliseconds.`, { advice: 'Ask about fewer rows at once.' });

export const bodyTooLarge = (most: number): InputError =>
  new InputError('body-too-large', `The body has more than ${most} bytes.`, { advice: 'Ask about fewer rows at once.' });

export const tooManyRows = (rows: number, most: number): InputError =>
  new InputError('too-many-rows', `The request has ${rows} rows; at most ${most} are answered at once.`, {
    advice: 'Divide it into several requests.',
  });
