/** Looks whether everything is whole, chunk by chunk: what is not is marked, and what was mended elsewhere is not any more. */
import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import { milliseconds } from '../../base/clock.js';
import type { ProjectProgress } from '../bundle/project.js';
import { type Damage, owners } from '../damage.js';
import { namedRefs } from '../records.js';
import type { Store } from '../store.js';
import { damagedChunks, isDamage } from '../watchful.js';
import { damageIn } from './items.js';

export async function* checkAll(store: Store, signal?: AbortSignal): AsyncGenerator<ProjectProgress, Damage[]> {
  const refs = new Map((await owners(store)).flatMap(namedRefs).map((ref) => [ref.hash, ref]));
  const size = [...refs.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  const started = milliseconds();
  const damaged = new Set<string>();
  let bytes = 0;
  for (const ref of refs.values()) {
    throwIfAborted(signal);
    try {
      await store.getChunk(ref);
    } catch (thrown) {
      if (!isDamage(thrown)) throw thrown;
      damaged.add(ref.hash);
    }
    bytes += ref.bytes;
    const seconds = (milliseconds() - started) / 1000;
    yield { bytes, size, secondsLeft: bytes > 0 ? (seconds * (size - bytes)) / bytes : undefined };
    await yieldToEventLoop();
  }
  // What was looked at is known from that: marks cannot be written in a full store, nor taken away.
  for (const hash of await damagedChunks(store)) if (!refs.has(hash)) damaged.add(hash);
  return damageIn(store, damaged);
}
