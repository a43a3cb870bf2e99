/** Failures of what lies below a store, in our words. */
import { BenchwrightError, StorageError } from '../base/errors.js';

export const storageFull = (doing: string, cause: unknown): StorageError =>
  new StorageError('storage-full', `There is no space left for ${doing}. What was saved before is untouched.`, {
    advice: 'Delete datasets, runs or models that are no longer needed, or free space on the disk, and try again.',
    cause,
  });

export const storageClosed = (): StorageError =>
  new StorageError('storage-closed', 'The store has been closed.', { advice: 'Open it again.' });

/** Turns what a browser's storage threw while `doing` into an error of ours; ours pass through. */
export function browserFailure(thrown: unknown, doing: string): BenchwrightError {
  if (thrown instanceof BenchwrightError) return thrown;
  if (hasName(thrown, 'QuotaExceededError')) return storageFull(doing, thrown);
  return new StorageError('storage-failed', `The browser's storage failed at ${doing}: ${describe(thrown)}`, {
    advice: 'Try again; if it stays, reload the page.',
    cause: thrown,
  });
}

/** Turns what a browser threw while its storage was being opened into an error of ours; ours pass through. */
export function openingFailure(thrown: unknown): BenchwrightError {
  if (thrown instanceof BenchwrightError) return thrown;
  return hasName(thrown, 'QuotaExceededError') ? storageFull('opening the storage', thrown) : storageUnavailable(thrown);
}

/** The browser gives no storage at all: private mode, site data blocked, an insecure address, a broken profile. */
export const storageUnavailable = (cause: unknown): StorageError =>
  new StorageError('storage-unavailable', `This browser does not let the page keep anything: ${describe(cause)}`, {
    advice: 'Allow site data for this page, leave private browsing, and open it over https or on localhost.',
    cause,
  });

export const hasName = (thrown: unknown, ...names: string[]): boolean => thrown instanceof Error && names.includes(thrown.name);

const describe = (thrown: unknown): string => (thrown instanceof Error ? thrown.message || thrown.name : String(thrown));
