/** Pieces of a table, of whatever length they come, as chunks of one length: equal tables then make equal chunks. */
import type { TableChunk } from './table.js';
import { joinChunks, sliceChunk } from './whole.js';

/** Every chunk has `size` rows, but for the last. */
export async function* rebatched<Piece extends TableChunk>(
  pieces: AsyncIterable<Piece>,
  names: readonly string[],
  size: number,
): AsyncGenerator<{ chunk: TableChunk; latest: Piece }> {
  let waiting: TableChunk[] = [];
  let rows = 0;
  let latest: Piece | undefined;
  for await (const piece of pieces) {
    latest = piece;
    if (piece.rows === 0) continue;
    waiting.push(piece);
    rows += piece.rows;
    while (rows >= size) {
      const whole = waiting.length === 1 ? waiting[0] : joinChunks([...names], waiting);
      yield { chunk: rows === size ? { rows, columns: whole.columns } : sliceChunk(whole, 0, size), latest };
      waiting = rows === size ? [] : [sliceChunk(whole, size, rows)];
      rows -= size;
    }
  }
  if (rows > 0 && latest) yield { chunk: waiting.length === 1 ? waiting[0] : joinChunks([...names], waiting), latest };
}
