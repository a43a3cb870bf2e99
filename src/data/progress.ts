/** Telling how far an import has come. */
import { milliseconds } from '../base/clock.js';
import type { ImportProgress } from './datasets.js';
import type { ReadEvent, ReadResult } from './read.js';
import type { TableChunk } from './table.js';

/** Progress is told at most ten times a second. */
const progressInterval = 100;

/** Hands chunks on to `keep`, and tells of progress now and then, with the time left by the share of the work done. */
export async function* withProgress(
  reading: AsyncGenerator<ReadEvent, ReadResult>,
  keep: (chunk: TableChunk) => Promise<void>,
): AsyncGenerator<ImportProgress, ReadResult> {
  const started = milliseconds();
  let told = -Infinity;
  let latest: Omit<ImportProgress, 'rows'> = { bytes: 0 };
  try {
    for (let next = await reading.next(); ; next = await reading.next()) {
      if (next.done) {
        yield { rows: next.value.rows, bytes: next.value.bytes, size: latest.size, secondsLeft: 0 };
        return next.value;
      }
      const event = next.value;
      if (event.kind === 'chunk') await keep(event.chunk);
      else latest = { bytes: event.bytes, size: event.size };
      if (milliseconds() - told < progressInterval) continue;
      const seconds = (milliseconds() - started) / 1000;
      const secondsLeft = event.share ? (seconds * (1 - event.share)) / event.share : undefined;
      yield { rows: event.rows, ...latest, secondsLeft };
      told = milliseconds();
    }
  } finally {
    await reading.return(undefined as never);
  }
}
