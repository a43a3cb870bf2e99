/** What an error makes of the record of a run or a sweep: what was kept besides stays. */
import { AbortError, BenchwrightError } from '../base/errors.js';

export function brokenOff(error: unknown): { status: 'interrupted' } | { status: 'failed'; problem: string } {
  if (error instanceof AbortError) return { status: 'interrupted' };
  const problem =
    error instanceof BenchwrightError && error.advice
      ? `${error.message} ${error.advice}`
      : error instanceof Error
        ? error.message
        : String(error);
  return { status: 'failed', problem };
}
