/**
 * Requests in, responses out: the same routes wherever they are hosted. A caller that goes away stops its work; whatever goes wrong is answered in
 * the words of the protocol that was asked.
 */
import { milliseconds } from '../base/clock.js';
import { InputError } from '../base/errors.js';
import { asAsked } from './as-asked.js';
import { readBody } from './body.js';
import { tookTooLong } from './problems.js';
import { refusal } from './refusal.js';
import { benchwright } from './routes/benchwright.js';
import { metricsRoutes } from './routes/metrics.js';
import { openInference } from './routes/open-inference.js';
import type { Call, Route, Serving } from './routes/route.js';
import { tensorflowServing } from './routes/tensorflow-serving.js';
import { torchserve } from './routes/torchserve.js';
import { Visit } from './visit.js';

export type Handle = (request: Request) => Promise<Response>;

/** Every path of theirs is one of `isServed`. */
export const routes: readonly Route[] = [...tensorflowServing, ...openInference, ...torchserve, ...metricsRoutes, ...benchwright];

export function createRouter(serving: Serving): Handle {
  return async (request) => {
    const started = milliseconds();
    const { pathname, searchParams: query } = new URL(request.url);
    const fitting = routes.filter(({ path }) => path.test(pathname));
    const route = fitting.find(({ method }) => method === request.method || (method === 'GET' && request.method === 'HEAD'));
    const name = modelNamed(fitting[0], pathname);
    const visit = new Visit(serving, request.headers);
    const answer = asAsked(request, visit.done(await answered(serving, request, { route, fitting, pathname, query, visit })));
    // As in TensorFlow Serving, looking whether a model is there is no request to it.
    const isAsked = request.method === 'POST' && !(route && benchwright.includes(route));
    if (isAsked && name !== undefined && serving.registry.has(name)) serving.metrics.request(name, answer.status, milliseconds() - started);
    return answer;
  };
}

interface Found {
  route: Route | undefined;
  fitting: readonly Route[];
  pathname: string;
  query: URLSearchParams;
  visit: Visit;
}

async function answered(serving: Serving, request: Request, { route, fitting, pathname, query, visit }: Found): Promise<Response> {
  // Taken back with the answer: a minute's worth of `AbortSignal.timeout` would hold as many requests.
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), serving.limits.time);
  try {
    if (!route) throw fitting.length > 0 ? methodNotAllowed(request.method, fitting) : unknownRoute(request.method, pathname);
    const call: Call = {
      ...serving,
      named: namesIn(route, pathname),
      headers: request.headers,
      query,
      available: (name, wanted) => visit.available(name, wanted),
      body: () => readBody(request, serving.limits.bytes),
      signal: AbortSignal.any([request.signal, late.signal]),
    };
    return await route.answer(call);
  } catch (thrown) {
    const problem = late.signal.aborted && !request.signal.aborted ? tookTooLong(serving.limits.time) : thrown;
    const response = refusal(pathname, problem);
    if (response.status === 405) response.headers.set('Allow', fitting.map(({ method }) => method).join(', '));
    return response;
  } finally {
    clearTimeout(timer);
  }
}

/** @throws InputError `wrong-request` where the path is not encoded as addresses are */
function namesIn({ path }: Route, pathname: string): Record<string, string | undefined> {
  try {
    const groups = path.exec(pathname)?.groups ?? {};
    return Object.fromEntries(
      Object.entries(groups).map(([name, text]) => [name, text === undefined ? undefined : decodeURIComponent(text)]),
    );
  } catch (cause) {
    throw new InputError('wrong-request', `The path ${pathname.slice(0, 200)} is not encoded as addresses are.`, { cause });
  }
}

function modelNamed(route: Route | undefined, pathname: string): string | undefined {
  try {
    return route && namesIn(route, pathname).name;
  } catch {
    return undefined;
  }
}

const unknownRoute = (method: string, pathname: string): InputError =>
  new InputError('unknown-route', `Malformed request: ${method} ${pathname.slice(0, 200)}`, {
    advice: 'There are /v1/models/NAME:predict, /v2/models/NAME/infer, /predictions/NAME and /metrics.',
  });

const methodNotAllowed = (method: string, fitting: readonly Route[]): InputError =>
  new InputError('method-not-allowed', `${method} is not answered here.`, {
    advice: `Use ${fitting.map((route) => route.method).join(' or ')}.`,
  });
