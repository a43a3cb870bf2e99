/**
 * The one Trusted Types policy, `benchwright`. It admits the addresses of our own workers and service worker, letter by
 * letter, and nothing else: no address that was put together from data can become a script.
 */

import dataWorker from '../../../workers/data.worker.ts?worker&url';
import engineWorker from '../../../workers/engine.worker.ts?worker&url';
import inferWorker from '../../../workers/infer.worker.ts?worker&url';
import { WorkerError } from '../../base/errors.js';

/** The part of the platform's `trustedTypes` that is used; browsers without it take the text itself. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

const absolute = (url: string): string => new URL(url, import.meta.url).href;

export const dataWorkerUrl = absolute(dataWorker);
export const engineWorkerUrl = absolute(engineWorker);
export const inferWorkerUrl = absolute(inferWorker);

const rules = {
  createScriptURL(url: string): string {
    const admitted = [dataWorkerUrl, engineWorkerUrl, inferWorkerUrl, new URL('service-worker.js', document.baseURI).href];
    if (admitted.includes(url)) return url;
    throw new WorkerError('worker-refused', `"${url}" is no script of Benchwright.`, { advice: 'Load scripts of the page itself only.' });
  },
};

let policy: { createScriptURL(url: string): string } | undefined;

/**
 * The address as `new Worker` and `register` take it under `require-trusted-types-for 'script'`.
 * @throws WorkerError `worker-refused` for any address but our own; `worker-blocked` where the page's policy forbids ours
 */
export function trustedScriptUrl(url: URL | string): string {
  policy ??= createPolicy();
  return policy.createScriptURL(String(url));
}

function createPolicy(): { createScriptURL(url: string): string } {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return rules;
  try {
    return trustedTypes.createPolicy('benchwright', rules);
  } catch (cause) {
    throw new WorkerError('worker-blocked', 'The page\'s Content-Security-Policy does not allow the policy "benchwright".', {
      advice: 'Add "trusted-types benchwright" to the Content-Security-Policy header.',
      cause,
    });
  }
}
