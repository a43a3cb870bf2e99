/** What went wrong, as an answer in the words of the protocol that was asked. */
import { writeJson } from './json.js';
import { messageOf, statusOf } from './problems.js';

/** As TorchServe's frontend names it. */
const torchserveTypes = new Map([
  [400, 'BadRequestException'],
  [404, 'ModelNotFoundException'],
  [405, 'MethodNotAllowedException'],
  [413, 'RequestEntityTooLargeException'],
  [501, 'NotImplementedException'],
  [503, 'ServiceUnavailableException'],
]);
const torchserve = /^\/(?:ping$|predictions\/|explanations\/)/;

export function refusal(pathname: string, problem: unknown): Response {
  const status = statusOf(problem);
  const message = messageOf(problem);
  const body = torchserve.test(pathname)
    ? { code: status, type: torchserveTypes.get(status) ?? 'InternalServerException', message }
    : { error: message };
  const headers = new Headers({ 'Content-Type': 'application/json' });
  if (status === 503) headers.set('Retry-After', '1');
  return new Response(writeJson(body), { status, headers });
}
