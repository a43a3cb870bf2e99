/** Why an address could not be fetched, in words: Node's own "fetch failed" keeps the reason in its cause, a page is told none. */

const reasons: ReadonlyMap<unknown, string> = new Map([
  ['ECONNREFUSED', 'nothing answers at that address'],
  ['ENOTFOUND', 'no such host is known'],
  ['EAI_AGAIN', 'the host name could not be looked up'],
  ['ECONNRESET', 'the connection was closed'],
  ['ETIMEDOUT', 'the server did not answer in time'],
  ['UND_ERR_CONNECT_TIMEOUT', 'the server did not answer in time'],
]);

/** @param thrown what `fetch` threw; a code of the system is given beside its words, for those who look it up */
export function reasonOfFailure(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { cause } = thrown;
  if (!(cause instanceof Error)) return thrown.message;
  const code = 'code' in cause ? cause.code : undefined;
  const words = reasons.get(code);
  return words === undefined ? cause.message || thrown.message : `${words} (${String(code)})`;
}

export interface Explanation {
  reason: string;
  advice: string;
}

/** What a page knows of itself; Node has nothing of it. */
interface Surroundings {
  location?: { protocol: string; origin: string };
  navigator?: { onLine?: boolean };
}

const download = 'Download the file and open that.';

/** A page is told nothing, lest it learns about other sites; what can be found out by other means is said. */
export async function whyUnreachable(url: string, thrown: unknown, probe: typeof fetch = fetch): Promise<Explanation> {
  const { location, navigator } = globalThis as Surroundings;
  if (location === undefined) return { reason: reasonOfFailure(thrown), advice: `Check the address. ${download}` };
  if (navigator?.onLine === false) return { reason: 'this device is offline', advice: 'Connect to a network, and try again.' };
  const { protocol, origin } = new URL(url);
  if (origin === location.origin) return { reason: 'the server of this page does not answer', advice: 'Try again later.' };
  if (protocol === 'http:') {
    const reason = 'this page opens addresses of other sites by https only';
    return { reason, advice: `Try the address with https. ${download}` };
  }
  const foreign =
    'The other site decides which pages may read it (CORS); yours to try is the address of the file itself, without a redirect.';
  if (await answers(url, probe)) {
    return {
      reason: `${new URL(url).host} answers, but does not allow other sites' pages to read it (CORS)`,
      advice: `${foreign} ${download}`,
    };
  }
  return {
    reason: `${new URL(url).host} cannot be reached, or does not allow other sites' pages to read it (CORS); a page is not told which`,
    advice: `Check the address. ${foreign} ${download}`,
  };
}

/** An answer that may not be read shows at least that somebody is there. */
async function answers(url: string, probe: typeof fetch): Promise<boolean> {
  try {
    const response = await probe(url, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
