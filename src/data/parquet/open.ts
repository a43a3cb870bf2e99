/** A Parquet file as a table: what every format of `sources/formats.ts` answers. */
import { InputError } from '../../base/errors.js';
import type { Warning } from '../../spec/dataset.js';
import type { FieldType } from '../../spec/field-type.js';
import { asRead, emptyColumn } from '../columns/as-read.js';
import { rebatched } from '../rebatch.js';
import { rowsPerBatch } from '../sources/batches.js';
import type { SourceBytes } from '../sources/bytes.js';
import type { Position, Reading, SourceBatch, TableFile } from '../sources/table-file.js';
import { type ParquetFooter, type ReadRange, readFooter } from './footer.js';
import { type GroupRows, rangesOf, readGroups } from './read-groups.js';
import type { ParquetColumn } from './schema.js';

/** Of a file that comes as a stream, or packed: its end is needed first. */
const mostInMemory = 512 * 2 ** 20;

/** @throws InputError `not-parquet`, `damaged-file`, `unsupported-parquet`, `no-rows` */
export async function openParquet(bytes: SourceBytes): Promise<TableFile> {
  const { size, read } = await rangesIn(bytes);
  return new ParquetTable(await readFooter(bytes.name, size, read), { read, close: () => bytes.close() });
}

async function rangesIn(bytes: SourceBytes): Promise<{ size: number; read: ReadRange }> {
  if (bytes.range && bytes.size !== undefined) return { size: bytes.size, read: bytes.range };
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const piece of bytes.pieces()) {
    length += piece.length;
    if (length > mostInMemory) {
      throw new InputError(
        'parquet-too-large',
        `${bytes.name} has more than ${mostInMemory / 2 ** 20} MiB and does not lie in a file of its own.`,
        {
          advice: 'Unpack it, or download it and open the file.',
          place: { file: bytes.name },
        },
      );
    }
    pieces.push(piece.slice() as Uint8Array<ArrayBuffer>);
  }
  const whole = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return { size: whole.length, read: async (start, end) => whole.subarray(start, end) };
}

export interface ParquetAccess {
  read: ReadRange;
  ahead?: (ranges: [start: number, end: number][]) => Promise<void>;
  close(): Promise<void>;
}

export class ParquetTable implements TableFile {
  readonly name: string;
  readonly size: number;
  readonly names: readonly string[];
  readonly declared: readonly (FieldType | undefined)[];
  readonly numberFormats = ['point'] as const;
  readonly #footer: ParquetFooter;
  readonly #access: ParquetAccess;
  readonly #infinite = new Map<string, number>();

  constructor(footer: ParquetFooter, access: ParquetAccess) {
    if (footer.rows === 0) throw noRows(footer.name, footer.columns.length);
    this.name = footer.name;
    this.size = footer.size;
    this.names = footer.columns.map(({ name }) => name);
    this.declared = footer.columns.map((column) => declaredType(footer, column));
    this.#footer = footer;
    this.#access = access;
  }

  warnings(): Warning[] {
    return [...schemaWarnings(this.#footer), ...infiniteWarnings(this.#infinite, this.name)];
  }

  async *batches(
    readings: readonly Reading[] = this.names.map(() => ({ as: 'guess' })),
    after: Position = { row: 0 },
  ): AsyncGenerator<SourceBatch, void> {
    const { columns, groups } = this.#footer;
    const places = columns.map((_, index) => index).filter((index) => readings[index].as !== 'skip');
    const chosen = places.map((index) => columns[index]);
    const size = rowsPerBatch(columns.length);
    let row = after.row;
    for await (const { chunk, latest } of rebatched(
      this.#rows(chosen, after.row),
      chosen.map(({ name }) => name),
      size,
    )) {
      const isTime = (index: number): boolean => this.declared[index] === 'datetime';
      const read = columns.map((_, index) => {
        const place = places.indexOf(index);
        return place < 0 ? emptyColumn(chunk.rows) : asRead(chunk.columns[place], readings[index], isTime(index));
      });
      row += chunk.rows;
      yield {
        rows: chunk.rows,
        columns: read,
        firstRow: row - chunk.rows + 1,
        bytes: bytesUpTo(this.#footer, latest.group, latest.firstRow + latest.rows),
        after: { row },
      };
    }
    if (groups.length === 0) throw noRows(this.name, columns.length);
  }

  /** From a row on; row groups before it are left unread. */
  async *#rows(columns: ParquetColumn[], from: number): AsyncGenerator<GroupRows> {
    const { groups } = this.#footer;
    let skipped = 0;
    let first = 0;
    while (first < groups.length && skipped + groups[first].rows <= from) skipped += groups[first++].rows;
    const batches = readGroups(this.#footer, {
      ...this.#access,
      columns,
      groups: groups.map((_, index) => index).slice(first),
      rowsPerBatch: rowsPerBatch(this.names.length),
      infinite: (column, count) => this.#infinite.set(column, (this.#infinite.get(column) ?? 0) + count),
    });
    this.#infinite.clear();
    let left = from - skipped;
    const { sliceChunk } = await import('../whole.js');
    for await (const batch of batches) {
      if (left >= batch.rows) left -= batch.rows;
      else {
        yield left > 0 ? { ...batch, ...sliceChunk(batch, left, batch.rows) } : batch;
        left = 0;
      }
    }
  }

  close(): Promise<void> {
    return this.#access.close();
  }
}

/** Numbers and texts are looked at as those of any other source are. */
export function declaredType({ leaves }: ParquetFooter, { leaves: [leaf], nested }: ParquetColumn): FieldType | undefined {
  if (nested) return 'text';
  const { reading } = leaves[leaf];
  if (reading.as === 'datetime' || reading.as === 'boolean') return reading.as;
  // Digits that a number would round.
  return reading.as === 'text' && (reading.text === 'signed' || reading.text === 'unsigned') ? 'identifier' : undefined;
}

export function schemaWarnings({ name, leaves, columns }: ParquetFooter): Warning[] {
  return columns.flatMap((column): Warning[] => {
    const place = { file: name, column: column.name };
    if (column.nested) {
      return [
        {
          code: 'nested-column',
          message: `Column "${column.name}" of ${name} holds lists or maps; they are kept as JSON texts.`,
          advice: 'Leave it out, or flatten it where the file is made.',
          place,
        },
      ];
    }
    if (declaredType({ leaves } as ParquetFooter, column) !== 'identifier') return [];
    return [
      {
        code: 'large-integers',
        message: `Column "${column.name}" of ${name} holds whole numbers beyond ±2^53; they are kept digit by digit, as texts.`,
        advice: 'If it is a quantity and no identifier, write it as a 64-bit floating-point number.',
        place,
      },
    ];
  });
}

export const infiniteWarnings = (counts: ReadonlyMap<string, number>, file: string): Warning[] =>
  [...counts].map(([column, count]) => ({
    code: 'infinite-values',
    message: `Column "${column}" has ${count} values that are infinite or beyond ±1e100. They count as missing.`,
    advice: 'Replace them with numbers if they stand for something known.',
    place: { file, column },
  }));

/** Of the file, when so many rows of a row group have been read. */
function bytesUpTo({ groups, columns, footerBytes, size }: ParquetFooter, group: number, rows: number): number {
  const packed = (index: number): number => rangesOf(groups[index], columns).reduce((sum, [start, end]) => sum + end - start, 0);
  let bytes = footerBytes + packed(group) * (rows / groups[group].rows);
  for (let index = 0; index < group; index++) bytes += packed(index);
  return Math.min(size, Math.round(bytes));
}

const noRows = (file: string, columns: number): InputError =>
  new InputError('no-rows', `${file} has ${columns} ${columns === 1 ? 'column' : 'columns'} and no rows.`, {
    advice: 'Choose a file with at least one row.',
    place: { file },
  });
