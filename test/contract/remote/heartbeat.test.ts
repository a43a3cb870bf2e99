import { expect, test } from 'vitest';
import { Heartbeat } from '../../../src/remote/heartbeat.js';

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const answer = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function block(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

test('silence is found once, and nothing is said after stop', async () => {
  let found = 0;
  const heartbeat = new Heartbeat(
    () => new Promise(() => {}),
    50,
    () => {
      found++;
      heartbeat.stop();
    },
  );
  heartbeat.start();
  await expect.poll(() => found).toBe(1);
  await sleep(100);
  expect(found).toBe(1);
});

test('who was busy itself does not blame the other side', async () => {
  let found = 0;
  const heartbeat = new Heartbeat(answer, 100, () => found++);
  heartbeat.start();
  await sleep(20);
  block(300);
  await sleep(20);
  heartbeat.stop();
  expect(found).toBe(0);
});
