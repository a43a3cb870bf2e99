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
