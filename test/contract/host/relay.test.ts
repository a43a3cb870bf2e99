/** Requests on their way from the service worker to the inference worker, over real ports: cancelled, late, too long, and with nobody there. */
import { afterEach, expect, test, vi } from 'vitest';
import { answerOver, type HandleAgain } from '../../../src/host/browser/serving/answer-over.js';
import type { Pages } from '../../../src/host/browser/serving/find-line.js';
import { Relay } from '../../../src/host/browser/serving/relay.js';
import { untilGone } from '../../../src/host/browser/serving/until-gone.js';
import { usualLimits } from '../../../src/serve/limits.js';

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** Pages of which the second leads. */
const pages = (handle: HandleAgain): Pages => ({
  isLed: async () => true,
  open: async () => [
    { postMessage: (_, [port]) => void (port as MessagePort).close() },
    {
      postMessage(_, [port]) {
        ports.push(port as MessagePort);
        answerOver(port as MessagePort, handle, 'life');
      },
    },
  ],
});
const nobody = new AbortController().signal;
const post = (body: BodyInit, path = '/v1/models/x:predict') => new Request(`http://localhost${path}`, { method: 'POST', body });
const echo: HandleAgain = async (request) => {
  const { method, url, headers } = request();
  const body = await request().text();
  return Response.json({ method, url, kind: headers.get('x-kind'), body, again: await request().text() }, { status: 201 });
};

test('a request arrives whole, can be read again, and its answer comes back whole', async () => {
  const relay = new Relay(pages(echo));
  const asked = ['a', 'b'].map((body) => new Request('http://localhost/x', { method: 'POST', body, headers: { 'x-kind': body } }));
  const answers = await Promise.all(asked.map((request) => relay.answer(request, '/v2/models/x/infer?y=1', nobody)));
  expect(answers.map(({ status, headers }) => [status, headers.get('content-type')])).toEqual(new Array(2).fill([201, 'application/json']));
  const url = 'http://localhost/v2/models/x/infer?y=1';
  expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual(
    ['a', 'b'].map((body) => ({ method: 'POST', url, kind: body, body, again: body })),
  );
  // One line, of one page, for both.
  expect(ports).toHaveLength(1);
});

test('a request that is cancelled, or whose page has gone, stops its work', async () => {
  for (const how of ['cancelled', 'gone']) {
    let stopped = false;
    let begun: () => void = () => undefined;
    const beginning = new Promise<void>((resolve) => (begun = resolve));
    const relay = new Relay(
      pages(async (request) => {
        const { signal } = request();
        begun();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        stopped = true;
        return new Response();
      }),
    );
    const cancel = new AbortController();
    let isThere = true;
    const { signal, stop } = untilGone(cancel.signal, async () => isThere);
    const answer = relay.answer(post('{}'), '/v1/models/x:predict', signal);
    await beginning;
    if (how === 'cancelled') cancel.abort();
    else isThere = false;
    expect((await answer).status, how).toBe(499);
    await expect.poll(() => stopped, { message: how }).toBe(true);
    stop();
  }
});

test('a body that is too long, an answer that does not come, and pages that are none are said in the words of the protocol', async () => {
  const silent = pages(() => new Promise(() => undefined));
  const relay = new Relay(silent, { ...usualLimits, bytes: 4 });
  const long = await relay.answer(post('12345'), '/v1/models/x:predict', nobody);
  expect([long.status, await long.json()]).toEqual([413, { error: expect.stringContaining('more than 4 bytes') }]);
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const late = relay.answer(post('1'), '/predictions/x', nobody);
  await vi.waitFor(() => expect(ports).toHaveLength(1));
  await vi.advanceTimersByTimeAsync(70_000);
  vi.useRealTimers();
  expect(await (await late).json()).toMatchObject({ code: 504, message: expect.stringContaining('no answer') });
  const alone = await new Relay({ isLed: async () => false, open: async () => [] }).answer(post('1'), '/v1/models/x:predict', nobody);
  expect([alone.status, alone.headers.get('retry-after')]).toEqual([503, '1']);
});

test('a page that has just been loaded gets a moment to lead, others that are open do not for ever', async () => {
  const { open } = pages(echo);
  let looks = 0;
  const loaded = new Relay({ isLed: async () => ++looks > 3, open });
  expect((await loaded.answer(post('1'), '/v1/models/x:predict', nobody)).status).toBe(201);
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const never = new Relay({ isLed: async () => false, open }).answer(post('1'), '/v1/models/x:predict', nobody);
  await vi.advanceTimersByTimeAsync(3_000);
  vi.useRealTimers();
  expect((await never).status).toBe(503);
});

test('what fails is told in the words of the protocol that was asked', async () => {
  const relay = new Relay(pages(() => Promise.reject(new Error('broken'))));
  const told = async (path: string) => {
    const answer = await relay.answer(post('{}', path), path, nobody);
    return [answer.status, await answer.json()];
  };
  expect(await told('/v1/models/x:predict')).toEqual([500, { error: 'The server failed to answer.' }]);
  expect(await told('/predictions/x?y=1')).toEqual([
    500,
    { code: 500, type: 'InternalServerException', message: 'The server failed to answer.' },
  ]);
});
