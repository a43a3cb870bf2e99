/** CSV, TSV and their kin: text with a delimiter between cells, and names in the first row or none. */
import type { Warning } from '../../spec/dataset.js';
import type { SourceBytes } from './bytes.js';
import { TextReader } from './decode.js';
import { type Dialect, guessDialect, separatorsOf } from './dialect.js';
import { firstRecord } from './first-record.js';
import { readHeader } from './header.js';
import { RowReader, type RowShape } from './row-reader.js';
import type { Position, Reading, SourceBatch, TableFile } from './table-file.js';

export interface CsvFile extends TableFile {
  readonly dialect: Dialect;
}

/**
 * @throws InputError naming the file, and the row where there is one: `empty-file`, `too-many-columns`; while reading `ragged-row`,
 * `cell-too-long`, `record-too-long`, `no-rows`, `unclosed-quote`
 */
export async function openCsv(bytes: SourceBytes): Promise<CsvFile> {
  const { name } = bytes;
  const sample = new TextReader(name, bytes.start).utf8(bytes.start, bytes.complete);
  const { dialect, warning } = guessDialect(sample, name, bytes.complete);
  const first = await firstRecord(bytes, dialect);
  return new OpenCsv(bytes, dialect, first, warning ? [warning] : []);
}

class OpenCsv implements CsvFile {
  readonly name: string;
  readonly size: number | undefined;
  readonly names: readonly string[];
  readonly numberFormats;
  readonly dialect: Dialect;
  readonly #bytes: SourceBytes;
  readonly #shape: RowShape;
  readonly #first: Required<Position>;
  readonly #warnings: readonly Warning[];
  #ofText: Warning | undefined;
  #ofRows: Warning | undefined;
  /** Whether the whole file has been seen to be plain UTF-8, in which text can be entered at any place. */
  #isPlain = false;

  constructor(bytes: SourceBytes, dialect: Dialect, { cells, begins, ends }: Awaited<ReturnType<typeof firstRecord>>, warnings: Warning[]) {
    const { names, isData, warnings: ofHeader } = readHeader(cells, bytes.name);
    this.name = bytes.name;
    this.size = bytes.size;
    this.names = names;
    this.dialect = dialect;
    const commas = dialect.delimiter !== ',';
    this.numberFormats = commas ? (['point', 'comma'] as const) : (['point'] as const);
    this.#bytes = bytes;
    this.#shape = { file: bytes.name, names, delimiter: dialect.delimiter, separators: separatorsOf(dialect), commas };
    this.#first = { row: 0, ...(isData ? begins : ends) };
    this.#warnings = [...warnings, ...ofHeader];
  }

  warnings(): Warning[] {
    return [this.#ofText, ...this.#warnings, this.#ofRows].filter((found) => found !== undefined);
  }

  close(): Promise<void> {
    return this.#bytes.close();
  }

  async *batches(readings?: readonly Reading[], after?: Position): AsyncGenerator<SourceBatch, void> {
    const from = after?.byte === undefined || after.line === undefined ? undefined : (after as Required<Position>);
    const start = from ?? this.#first;
    // A place in bytes is only ever given out where the file is known to be plain.
    const isPlain = this.#isPlain || from !== undefined;
    const reader = new TextReader(this.name, this.#bytes.start, from?.byte);
    const rows = new RowReader(this.#shape, start);
    for await (const { cells, firstRow, lines, after: end } of rows.batches(this.#text(reader, start.byte, from !== undefined))) {
      if (after && firstRow + cells.rows - 1 <= after.row) continue;
      yield {
        rows: cells.rows,
        columns: this.names.map((_, index) => cells.read(index, readings?.[index] ?? { as: 'guess' })),
        firstRow,
        lines,
        bytes: this.#bytes.bytesRead,
        after: isPlain ? end : { row: end.row },
      };
    }
    this.#ofText = reader.warning ?? this.#ofText;
    this.#ofRows ??= rows.warning;
    this.#isPlain = isPlain || reader.isPlain;
  }

  /** All text from a byte on. @param direct whether the file can be entered there; otherwise what is before is passed over */
  async *#text(reader: TextReader, from: number, direct: boolean): AsyncGenerator<Uint8Array> {
    const pieces = this.#bytes.pieces(direct ? from : 0);
    let skipped = direct ? 0 : from;
    try {
      for (let last = false; !last; ) {
        const next = await pieces.next();
        last = next.done === true;
        const text = reader.utf8(next.done ? new Uint8Array(0) : next.value, last);
        const begin = Math.min(skipped, text.length);
        skipped -= begin;
        if (text.length > begin) yield begin > 0 ? text.subarray(begin) : text;
      }
    } finally {
      await pieces.return(undefined);
    }
  }
}
