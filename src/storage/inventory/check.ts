/** Looks whether everything is whole, chunk by chunk: what is not is marked, and what was mended elsewhere is not any more. */
import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import { milliseconds } from '../../base/clock.js';
import { StorageError } from '../../base/errors.js';
import type { ProjectProgress } from '../bundle/project.js';
import { type Damage, owners } from '../damage.js';
import { namedRefs } from '../records.js';
import type { Store } from '../store.js';
import { damagedChunks } from '../watchful.js';
import { damageIn } from './items.js';

export async function* checkAll(store: Store, signal?: AbortSignal): AsyncGenerator<ProjectProgress, Damage[]> {
  const refs = new Map((await owners(store)).flatMap(namedRefs).map((ref) => [ref.hash, ref]));
  const size = [...refs.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  const started = milliseconds();
  let bytes = 0;
  for (const ref of refs.values()) {
    throwIfAborted(signal);
    try {
      await store.getChunk(ref);
    } catch (thrown) {
      if (!(thrown instanceof StorageError)) throw thrown;
    }
    bytes += ref.bytes;
    const seconds = (milliseconds() - started) / 1000;
    yield { bytes, size, secondsLeft: bytes > 0 ? (seconds * (size - bytes)) / bytes : undefined };
    await yieldToEventLoop();
  }
  return damageIn(store, await damagedChunks(store));
}
