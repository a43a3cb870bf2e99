/** `fetch` of what is served in this page, whose work stops with its signal. */
import { type CalledOff, requestHeader } from '../../host/browser/serving/cancels.js';

export async function askServed(address: URL, body: string, signal: AbortSignal): Promise<Response> {
  const request = crypto.randomUUID();
  const callOff = (): void =>
    navigator.serviceWorker.controller?.postMessage({ kind: 'benchwright-called-off', request } satisfies CalledOff);
  signal.addEventListener('abort', callOff, { once: true });
  return fetch(address, { method: 'POST', body, headers: { [requestHeader]: request }, signal });
}
