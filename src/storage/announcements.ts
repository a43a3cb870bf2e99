/** Tells every connection to one store, in this thread and in others, which kinds of records a commit has touched. */
import { Emitter } from '../base/events.js';
import { recordKinds } from './records.js';
import type { RecordKind } from './store.js';

export class Announcements {
  readonly #emitter = new Emitter<{ commit: RecordKind[] }>();
  readonly #channel: BroadcastChannel;

  constructor(channelName: string) {
    this.#channel = new BroadcastChannel(channelName);
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (Array.isArray(data))
        this.#emitter.emit(
          'commit',
          recordKinds.filter((kind) => data.includes(kind)),
        );
    };
    // In Node an open channel would keep the process alive; browsers have no such method.
    (this.#channel as { unref?: () => void }).unref?.();
  }

  /**
   * A channel does not deliver to itself, so this connection's own listeners are called here: after the caller's turn, since
   * a listener that throws must not make a commit look as if it had failed.
   */
  announce(kinds: RecordKind[]): void {
    this.#channel.postMessage(kinds);
    queueMicrotask(() => this.#emitter.emit('commit', kinds));
  }

  watch(listener: (kinds: RecordKind[]) => void): () => void {
    return this.#emitter.listen('commit', listener);
  }

  close(): void {
    this.#channel.close();
  }
}
