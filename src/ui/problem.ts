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
      .filter(([, value]) => value !== '')
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

export const isCancelled = (thrown: unknown): boolean => thrown instanceof Error && thrown.name === 'AbortError';
