/** A second version is asked behind the first one's back: nobody waits for it, and what it would have answered is compared. */
import { expect, test } from 'vitest';
import type { Served } from '../../../../src/serve/served-model.js';
import { Mirror } from '../../../../src/serve/traffic/mirror.js';

const served = (...values: (number | string)[]): Served => ({ rows: values.length, columns: [{ name: 'prediction', values }] });

test('nothing is asked, nor made to be compared, before the answer has left', async () => {
  const done: string[] = [];
  const mirror = new Mirror();
  mirror.ask(
    async () => {
      done.push('asked');
      return served(1);
    },
    () => {
      done.push('compared');
      return served(1);
    },
  );
  await Promise.resolve();
  expect(done).toEqual([]);
  await mirror.settled();
  expect(done).toEqual(['asked', 'compared']);
});

test('rows agree where every text is the same and every number almost; a failure counts, and what waits is bounded', async () => {
  const mirror = new Mirror();
  const ask = (other: Served | Error, own: Served) =>
    mirror.ask(
      async () => {
        if (other instanceof Error) throw other;
        return other;
      },
      () => own,
    );
  ask(served(1, 2, 3), served(1 + 1e-9, 2, 5));
  ask(served('a', 'b'), served('a', 'c'));
  ask(served(), served());
  ask(new Error('gone'), served(1));
  for (let more = 0; more < 20; more++) ask(served(1), served(1));
  await mirror.settled();
  expect(mirror.report).toMatchObject({ requests: 15, rows: 17, agreeing: 15, failures: 1, skipped: 8 });
});
