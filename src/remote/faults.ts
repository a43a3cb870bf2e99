/** What can go wrong with a worker itself, as errors that say what to do. */
import { WorkerError } from '../base/errors.js';

const reload = "Reload the page; if that does not help, clear the site's cached files.";
const again = 'Try again: a new worker is started for the next call. What had been saved is safe.';

export const missing = (): WorkerError =>
  new WorkerError('worker-missing', "The worker's script, or a module that it imports, could not be loaded.", { advice: reload });

export const failed = (cause: unknown): WorkerError =>
  new WorkerError('worker-failed', `The worker could not be started: ${cause instanceof Error ? cause.message : String(cause)}`, {
    advice: reload,
    cause,
  });

export const notReady = (milliseconds: number): WorkerError =>
  new WorkerError('worker-not-ready', `The worker was not ready within ${milliseconds / 1000} seconds.`, { advice: reload });

export const died = (): WorkerError => new WorkerError('worker-died', 'The worker ended before it had answered.', { advice: again });

export const hung = (milliseconds: number): WorkerError =>
  new WorkerError('worker-hung', `The worker did not respond for ${milliseconds / 1000} seconds and was stopped.`, { advice: again });

export const unreadable = (): WorkerError =>
  new WorkerError('worker-unreadable', 'An answer of the worker could not be read and the worker was stopped.', { advice: again });

export const closed = (): WorkerError =>
  new WorkerError('worker-closed', 'The workbench was closed.', { advice: 'Open a new one with createWorkbench().' });
