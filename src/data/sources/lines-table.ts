/** A file of texts, one a line, without a name above them. */
import type { Warning } from '../../spec/dataset.js';
import type { SourceBytes } from './bytes.js';
import { CellGatherer } from './cells-file.js';
import { TextReader } from './decode.js';
import { cellTooLong, emptyFile, longestCell } from './row-errors.js';
import type { Position, Reading, SourceBatch, TableFile } from './table-file.js';

/** @throws InputError while reading: `cell-too-long` */
export async function openLines(bytes: SourceBytes): Promise<TableFile> {
  return new Lines(bytes);
}

class Lines implements TableFile {
  readonly name: string;
  readonly size: number | undefined;
  readonly names = ['text'];
  readonly declared = ['text'] as const;
  readonly numberFormats = ['point'] as const;
  readonly #bytes: SourceBytes;
  #warning: Warning | undefined;

  constructor(bytes: SourceBytes) {
    this.name = bytes.name;
    this.size = bytes.size;
    this.#bytes = bytes;
  }

  warnings(): Warning[] {
    return this.#warning ? [this.#warning] : [];
  }

  close(): Promise<void> {
    return this.#bytes.close();
  }

  async *batches(readings?: readonly Reading[], after?: Position): AsyncGenerator<SourceBatch, void> {
    const reader = new TextReader(this.name, this.#bytes.start);
    const decoder = new TextDecoder();
    const done = after?.row ?? 0;
    const gathered = new CellGatherer(1, readings, done);
    const pieces = this.#bytes.pieces();
    let [rest, line, row] = ['', 0, 0];
    try {
      for (let last = false; !last; ) {
        const next = await pieces.next();
        last = next.done === true;
        rest += decoder.decode(reader.utf8(next.done ? new Uint8Array(0) : next.value, last), { stream: !last });
        const lines = rest.split('\n');
        rest = last ? '' : (lines.pop() ?? '');
        for (const text of lines) {
          line += 1;
          if (text.trim() === '') continue;
          row += 1;
          if (text.length > longestCell) throw this.#tooLong(row, line, text.length);
          if (row <= done) continue;
          gathered.set(0, text.trimEnd());
          gathered.end(text.length, line);
          if (gathered.isFull) yield gathered.take(this.#bytes.bytesRead);
        }
        if (rest.length > longestCell) throw this.#tooLong(row + 1, line + 1, rest.length);
      }
    } finally {
      await pieces.return(undefined);
    }
    if (row === 0) throw emptyFile(this.name);
    if (gathered.rows > 0) yield gathered.take(this.#bytes.bytesRead);
    this.#warning = reader.warning;
  }

  #tooLong = (row: number, line: number, length: number) => cellTooLong({ file: this.name, row, line }, 'text', length);
}
