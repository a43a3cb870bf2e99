/**
 * The one Trusted Types policy, `benchwright`: a page has it, and each worker that starts others. It admits the addresses of our own workers and service
 * worker, letter by letter, and nothing else: no address that was put together from data can become a script.
 */
import { WorkerError } from '../../base/errors.js';

interface Policy {
  createScriptURL(url: string): string;
}

/** The part of the platform's `trustedTypes` that is used; browsers without it take the text itself. */
interface TrustedTypes {
  createPolicy(name: string, rules: Policy): Policy;
}

/**
 * Gives addresses as `new Worker` and `register` take them under `require-trusted-types-for 'script'`. Once in each page or worker.
 * @throws WorkerError `worker-refused` for any address but those admitted; `worker-blocked` where the page's policy forbids ours
 */
export function admitting(admitted: () => readonly string[]): (url: URL | string) => string {
  const rules = {
    createScriptURL(url: string): string {
      if (admitted().includes(url)) return url;
      throw new WorkerError('worker-refused', `"${url}" is no script of Benchwright.`, { advice: 'Load scripts of the page itself only.' });
    },
  };
  let policy: Policy | undefined;
  return (url) => {
    policy ??= createPolicy(rules);
    return policy.createScriptURL(String(url));
  };
}

function createPolicy(rules: Policy): Policy {
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
