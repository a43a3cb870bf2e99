/** Telling how far an import has come. */
import { throwIfAborted } from '../base/abort.js';
import { milliseconds } from '../base/clock.js';
import type { ImportProgress } from './datasets.js';
import type { ReadEvent, ReadResult } from './read.js';

/** Progress is told at most ten times a second. */
const progressInterval = 100;

/** Hands chunks on to `keep`, and tells of progress now and then, with the time left by the share of the work done. */
export async function* withProgress(
  reading: AsyncGenerator<ReadEvent, ReadResult>,
  keep: (event: Exclude<ReadEvent, { kind: 'progress' }>) => Promise<void>,
  signal?: AbortSignal,
): AsyncGenerator<ImportProgress, ReadResult> {
  const started = milliseconds();
  let told = -Infinity;
  let latest: Omit<ImportProgress, 'rows' | 'stage'> = { bytes: 0 };
  let stage: ImportProgress['stage'] = 'learning';
  try {
    for (let next = await reading.next(); ; next = await reading.next()) {
      // Whoever cancelled hears nothing more, wherever the reading happens to be.
      throwIfAborted(signal);
      if (next.done) {
        yield { stage: 'keeping', rows: next.value.rows, bytes: next.value.bytes, size: latest.size, share: 1, secondsLeft: 0 };
        return next.value;
      }
      const event = next.value;
      if (event.kind !== 'progress') await keep(event);
      if (event.kind === 'learnt') continue;
      if (event.kind === 'chunk') stage = 'keeping';
      const { rows, share, bytes = latest.bytes, size = latest.size } = event;
      latest = { bytes, size, share };
      if (milliseconds() - told < progressInterval) continue;
      const seconds = (milliseconds() - started) / 1000;
      yield { stage, rows, ...latest, secondsLeft: share ? (seconds * (1 - share)) / share : undefined };
      told = milliseconds();
    }
  } finally {
    await reading.return(undefined as never);
  }
}
