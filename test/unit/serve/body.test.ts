/** A body is read as far as it may be long, whatever the browser gives of it. */
import { expect, test } from 'vitest';
import { readBody } from '../../../src/serve/body.js';

const text = 'a'.repeat(100);
const asked = (init: RequestInit = { method: 'POST', body: text }): Request => new Request('http://localhost/', init);
/** As of a browser that has no streams of requests. */
const unstreamed = (): Request => Object.defineProperty(asked(), 'body', { value: undefined });
const streamed = (): Request => {
  const body = new ReadableStream({
    pull(stream) {
      stream.enqueue(new TextEncoder().encode('a'.repeat(60)));
    },
  });
  return asked({ method: 'POST', body, duplex: 'half' } as RequestInit);
};

test.each([
  ['a stream', asked],
  ['no stream', unstreamed],
])('%s is read as a whole, and not beyond the most', async (_, request) => {
  expect(new TextDecoder().decode(await readBody(request(), 100))).toBe(text);
  await expect(readBody(request(), 99)).rejects.toMatchObject({ code: 'body-too-large' });
});

test('a stream that goes on for ever is left, and without a body there are no bytes', async () => {
  await expect(readBody(streamed(), 100)).rejects.toMatchObject({ code: 'body-too-large' });
  expect(await readBody(asked({}), 100)).toEqual(new Uint8Array());
});
