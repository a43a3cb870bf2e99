import { expect, test } from 'vitest';
import { relay } from '../../../src/train/relay.js';

function counting() {
  const log: string[] = [];
  async function* source(): AsyncGenerator<number, string> {
    try {
      for (let number = 1; number <= 3; number++) {
        log.push(`made ${number}`);
        yield number;
      }
      return 'result';
    } finally {
      log.push('closed');
    }
  }
  return { log, events: relay(source(), (number) => (number === 2 ? undefined : `event ${number}`)) };
}

test('passes events and the result on, and leaves out what the map leaves out', async () => {
  const { events } = counting();
  expect(await events.next()).toEqual({ done: false, value: 'event 1' });
  expect(await events.next()).toEqual({ done: false, value: 'event 3' });
  expect(await events.next()).toEqual({ done: true, value: 'result' });
});

test('asks for nothing before it is asked, and ends its source when it is ended', async () => {
  const { log, events } = counting();
  expect(log).toEqual([]);
  await events.next();
  expect(log).toEqual(['made 1']);
  await events.return('early');
  expect(log).toEqual(['made 1', 'closed']);
});
