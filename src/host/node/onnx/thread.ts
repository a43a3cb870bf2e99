/** A thread of Node dressed as a worker of the web. */
import { Worker } from 'node:worker_threads';
import type { WorkerLike } from '../../../remote/worker-like.js';

export class Thread extends EventTarget implements WorkerLike {
  readonly #thread: Worker;

  constructor(script: URL) {
    super();
    this.#thread = new Worker(script);
    this.#thread.on('message', (data) => this.dispatchEvent(new MessageEvent('message', { data })));
    this.#thread.on('messageerror', () => this.dispatchEvent(new Event('messageerror')));
    this.#thread.on('error', (error: Error) => this.dispatchEvent(Object.assign(new Event('error'), { error, message: error.message })));
    this.#thread.on('exit', () => this.dispatchEvent(new Event('close')));
  }

  postMessage(message: unknown, transfer: Transferable[] | StructuredSerializeOptions = []): void {
    this.#thread.postMessage(message, (Array.isArray(transfer) ? transfer : (transfer.transfer ?? [])) as ArrayBuffer[]);
  }

  terminate(): void {
    void this.#thread.terminate();
  }

  ref(): void {
    this.#thread.ref();
  }

  unref(): void {
    this.#thread.unref();
  }
}
