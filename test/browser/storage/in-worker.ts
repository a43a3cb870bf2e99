/** Opens a store in a worker of its own and stands for it here. */

import { fromWire, type WireError } from '../../../src/base/errors.js';
import { Emitter } from '../../../src/base/events.js';
import { checkChange } from '../../../src/storage/records.js';
import type { RecordKind, Store } from '../../../src/storage/store.js';
import type { Call } from './store.worker.js';

export type WorkerStore = Store & { terminate(): void };

export async function openInWorker(name: string): Promise<WorkerStore> {
  const worker = new Worker(new URL('./store.worker.ts', import.meta.url), { type: 'module' });
  const emitter = new Emitter<{ commit: RecordKind[] }>();
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  let calls = 0;

  worker.onmessage = ({ data }: MessageEvent<{ kinds?: RecordKind[]; id: number; result?: unknown; error?: WireError }>) => {
    if (data.kinds) return emitter.emit('commit', data.kinds);
    if (data.error) waiting.get(data.id)?.reject(fromWire(data.error));
    else waiting.get(data.id)?.resolve(data.result);
    waiting.delete(data.id);
  };
  const call = (method: Call['method'], ...parameters: unknown[]): Promise<never> =>
    new Promise((resolve, reject) => {
      const id = calls++;
      waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      worker.postMessage({ id, method, parameters } satisfies Call);
    });

  await call('open', name);
  return {
    kind: 'indexeddb',
    get: (kind, id) => call('get', kind, id),
    list: (kind) => call('list', kind),
    // Functions and the like cannot be sent: here they are refused as they would be over there.
    commit: async (change) => {
      checkChange(change);
      return await call('commit', change);
    },
    putChunk: (bytes) => call('putChunk', bytes),
    getChunk: (ref) => call('getChunk', ref),
    abandon: (refs) => call('abandon', refs),
    collect: () => call('collect'),
    usage: () => call('usage'),
    watch: (listener) => emitter.listen('commit', listener),
    close: () => call('close'),
    terminate: () => worker.terminate(),
  };
}
