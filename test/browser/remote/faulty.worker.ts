import { BenchwrightError, StorageError } from '../../../src/base/errors.js';
import { expose } from '../../../src/remote/expose.js';
import type { Faulty } from './faulty.js';

const identity = Math.floor(performance.timeOrigin * 1000);
const never = new Promise<never>(() => {});

const faulty: Faulty = {
  who: async () => identity,
  die: () => {
    self.close();
    return never;
  },
  loop: async () => {
    for (;;);
  },
  forget: () => never,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(() => resolve('slept'), milliseconds)),
  async throwLater() {
    setTimeout(() => {
      throw new BenchwrightError('stray', 'This error belongs to no call.');
    });
  },
  async *numbers() {
    for (let number = 1; ; number++) yield number;
  },
};

expose(async (setup: { refuse?: boolean } | undefined) => {
  if (setup?.refuse) throw new StorageError('storage-unavailable', 'There is no storage.', { advice: 'Leave private browsing.' });
  return { faulty };
});
