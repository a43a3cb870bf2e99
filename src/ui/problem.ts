/** Anything thrown, as what people are shown: what happened, where, and what to do now. */
import { BenchwrightError } from '../base/errors.js';

export interface Problem {
  message: string;
  advice: string;
  place: string;
}

export function describeProblem(thrown: unknown): Problem {
  if (thrown instanceof BenchwrightError) {
    const place = Object.entries(thrown.place)
      .filter(([name, value]) => value !== '' && name !== 'entries')
      .map(([name, value]) => `${name} ${value}`)
      .join(' · ');
    return { message: thrown.message, advice: thrown.advice, place };
  }
  return {
    message: thrown instanceof Error ? thrown.message : String(thrown),
    advice: 'Reload the page and try again; what you saved is kept.',
    place: '',
  };
}

/** What can be chosen instead, where there is a choice: the tables of an archive. */
export const choicesOf = (thrown: unknown): readonly string[] =>
  thrown instanceof BenchwrightError && typeof thrown.place.entries === 'string' ? thrown.place.entries.split('\n') : [];

export const isCancelled = (thrown: unknown): boolean => thrown instanceof Error && thrown.name === 'AbortError';

/** The code of an error of ours; undefined of anything else. */
export const codeOf = (thrown: unknown): string | undefined => (thrown instanceof BenchwrightError ? thrown.code : undefined);
