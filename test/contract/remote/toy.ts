/** A service of one's own for the boundary's tests: everything that a real one does, small. */
import { throwIfAborted } from '../../../src/base/abort.js';
import { InputError, StorageError } from '../../../src/base/errors.js';
import type { ByteSource } from '../../../src/data/source.js';
import type { Shapes } from '../../../src/remote/shape.js';

export interface Toy {
  add(left: number, right: number): Promise<number>;
  /** The same array at every call: it stays the service's own. */
  kept(): Promise<Float32Array>;
  /** The caller's own from now on. `keptLength` tells what became of the service's reference. */
  made(): Promise<{ columns: { values: Float64Array }[] }>;
  madeLength(): Promise<number>;
  /** An InputError with place, advice and a cause that is a StorageError. */
  refuse(): Promise<never>;
  /** Settles when the signal is aborted, with the name of its reason. */
  wait(signal: AbortSignal): Promise<string>;
  /** Counts up; `stop` ends it early with what it has, `signal` throws. A thrown error is answered and counted. */
  count(to: number, signals?: { signal?: AbortSignal; stop?: AbortSignal }): AsyncGenerator<number, string>;
  /** What has happened in `count` so far. */
  log(): Promise<string[]>;
  size(source: { kind: 'file'; file: ByteSource }): Promise<number>;
}

export interface ToyServices {
  toy: Toy;
}

export const toyShapes: Shapes<ToyServices> = {
  toy: {
    add: 'value',
    kept: 'value',
    made: 'fresh',
    madeLength: 'value',
    refuse: 'value',
    wait: 'value',
    count: 'stream',
    log: 'value',
    size: 'value',
  },
};

export function createToy(): Toy {
  const kept = new Float32Array([1, 2, 3]);
  const log: string[] = [];
  let made = new Float64Array(0);
  return {
    add: async (left, right) => left + right,
    kept: async () => kept,
    async made() {
      made = new Float64Array([4, 5]);
      return { columns: [{ values: made }] };
    },
    madeLength: async () => made.length,
    async refuse() {
      const cause = new StorageError('storage-full', 'There is no space left.', { advice: 'Delete something.' });
      throw new InputError('bad-row', 'Row 3 has 2 cells.', { advice: 'Mend the row.', place: { file: 'a.csv', row: 3 }, cause });
    },
    wait: (signal) =>
      new Promise((resolve) => {
        const answer = (): void => resolve((signal.reason as Error).name);
        if (signal.aborted) answer();
        else signal.addEventListener('abort', answer);
      }),
    async *count(to, { signal, stop } = {}) {
      log.push('start');
      try {
        for (let number = 1; number <= to; number++) {
          throwIfAborted(signal);
          if (stop?.aborted) return `stopped before ${number}`;
          log.push(`make ${number}`);
          try {
            yield number;
          } catch (error) {
            log.push(`caught ${(error as Error).message}`);
          }
        }
        return 'done';
      } finally {
        log.push('end');
      }
    },
    log: async () => log.slice(),
    size: async ({ file }) => (await new Response(file.stream()).arrayBuffer()).byteLength,
  };
}
