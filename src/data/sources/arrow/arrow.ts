/**
 * Arrow IPC, as a stream or as a file (Feather 2), record batch by record batch. A file is read from its beginning like a stream, so that
 * packed files and addresses need no second way.
 */
import { BenchwrightError, InputError } from '../../../base/errors.js';
import type { Warning } from '../../../spec/dataset.js';
import type { FieldType } from '../../../spec/field-type.js';
import type { NumberFormat } from '../../columns/cells.js';
import type { Column } from '../../table.js';
import { rowsPerBatch } from '../batches.js';
import type { SourceBytes } from '../bytes.js';
import { type Cell, cellsToColumn } from '../cells-to-column.js';
import { mostColumns, uniqueNames } from '../header.js';
import { longestCell, noRows } from '../row-errors.js';
import type { Position, Reading, SourceBatch, TableFile } from '../table-file.js';
import { type ArrowColumn, type BatchParts, readColumn } from './column.js';
import type { FlatTable } from './flat.js';
import { type Message, messages } from './messages.js';
import { type ArrowField, readSchema } from './schema.js';
import { unpacker } from './unpack.js';

/** @throws InputError naming the column where there is one: `damaged-file`, `no-columns`, `too-many-columns`, `batch-too-large` */
export async function openArrow(bytes: SourceBytes): Promise<TableFile> {
  const { name } = bytes;
  return guarded(name, async () => {
    for await (const { kind, header } of messages(bytes.pieces(), name)) {
      if (kind === 'schema') return new ArrowTable(bytes, readSchema(header));
    }
    throw new RangeError('It has no schema.');
  });
}

/** What is not as it should be is damage. */
async function guarded<Answer>(file: string, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (cause) {
    throw damage(file, cause);
  }
}

function damage(file: string, cause: unknown): unknown {
  if (cause instanceof BenchwrightError || !(cause instanceof Error) || cause instanceof TypeError) return cause;
  return new InputError('damaged-file', `${file} is a damaged Arrow file: ${cause.message}`, {
    advice: 'Download or copy it again, or write it anew.',
    cause,
    place: { file },
  });
}

const isRead = ({ type }: ArrowField): boolean => type.kind !== 'other';
const isTime = ({ type }: ArrowField): boolean => type.kind === 'date' || type.kind === 'timestamp';
const numberFormats: readonly NumberFormat[] = ['point'];

class ArrowTable implements TableFile {
  readonly name: string;
  readonly size: number | undefined;
  readonly names: readonly string[];
  readonly declared: readonly (FieldType | undefined)[];
  readonly numberFormats = numberFormats;
  readonly #bytes: SourceBytes;
  readonly #fields: readonly ArrowField[];
  readonly #read: readonly ArrowField[];
  readonly #warnings: Warning[];
  /** Columns with whole numbers that no double holds. */
  readonly #inexact = new Set<number>();

  constructor(bytes: SourceBytes, fields: readonly ArrowField[]) {
    const { name } = bytes;
    const place = { file: name };
    this.name = name;
    this.size = bytes.size;
    this.#bytes = bytes;
    this.#fields = fields;
    this.#read = fields.filter(isRead);
    const left = fields.filter((field) => !isRead(field));
    if (this.#read.length === 0) {
      throw new InputError('no-columns', `${name} has no column that can be read.`, {
        advice: 'Numbers, texts and times are read.',
        place,
      });
    }
    if (this.#read.length > mostColumns) {
      throw new InputError('too-many-columns', `${name} has ${this.#read.length} columns; at most ${mostColumns} are read.`, {
        advice: 'Keep the columns that matter.',
        place,
      });
    }
    const header = uniqueNames(
      this.#read.map((field) => field.name),
      name,
    );
    this.names = header.names;
    this.declared = this.#read.map((field) => (isTime(field) ? 'datetime' : field.type.kind === 'boolean' ? 'boolean' : undefined));
    this.#warnings = [
      ...header.warnings,
      ...left.map(
        ({ name: column, type }): Warning => ({
          code: 'column-left-out',
          message: `Column "${column.slice(0, 200)}" of ${name} holds ${type.kind === 'other' ? type.what : 'values'} and was left out.`,
          advice: 'Write what matters of it as columns of numbers or texts.',
          place: { file: name, column },
        }),
      ),
    ];
  }

  warnings(): Warning[] {
    const inexact = [...this.#inexact].map(
      (index): Warning => ({
        code: 'inexact-integers',
        message: `Column "${this.names[index]}" has whole numbers beyond 2^53: as numbers they lose their last digits.`,
        advice: 'If they are names, choose the type "identifier", "category" or "text": then every digit is kept.',
        place: { file: this.name, column: this.names[index] },
      }),
    );
    return [...this.#warnings, ...inexact];
  }

  close(): Promise<void> {
    return this.#bytes.close();
  }

  async *batches(readings?: readonly Reading[], after?: Position): AsyncGenerator<SourceBatch, void> {
    const done = after?.row ?? 0;
    const size = rowsPerBatch(this.names.length);
    const dictionaries = new Map<number, Cell[]>();
    let row = 0;
    try {
      for await (const message of messages(this.#bytes.pieces(), this.name)) {
        if (message.kind === 'dictionary') await this.#learn(message, dictionaries);
        if (message.kind !== 'batch') continue;
        const { rows, columns } = await this.#columnsOf(message, readings, dictionaries);
        for (let from = Math.max(0, done - row); from < rows; from += size) {
          const to = Math.min(rows, from + size);
          yield {
            rows: to - from,
            columns: columns.map((column, index) => this.#column(index, column, from, to, readings?.[index] ?? { as: 'guess' })),
            firstRow: row + from + 1,
            bytes: this.#bytes.bytesRead,
            after: { row: row + to },
          };
        }
        row += rows;
      }
    } catch (cause) {
      throw damage(this.name, cause);
    }
    if (row === 0) throw noRows(this.name, this.names.length);
  }

  async #columnsOf(message: Message, readings: readonly Reading[] | undefined, dictionaries: Map<number, Cell[]>) {
    const parts = await partsOf(message.header, message.body, this.name);
    const { rows } = parts;
    const columns: (ArrowColumn | undefined)[] = [];
    for (const field of this.#fields) {
      const isWanted = isRead(field) && readings?.[columns.length]?.as !== 'skip';
      if (!isWanted) {
        parts.pass(field);
        if (isRead(field)) columns.push(undefined);
        continue;
      }
      const column = readColumn(field, parts, field.dictionary && dictionaries.get(field.dictionary.id));
      if (column.length !== rows) throw new RangeError(`A column has ${column.length} of ${rows} rows.`);
      columns.push(column);
    }
    // Columns of nothing have no bytes that bound their number.
    const bounded = this.#fields.some(({ type, dictionary }) => type.kind !== 'null' || dictionary);
    if (!bounded) throw new RangeError('None of its columns has values.');
    return { rows, columns };
  }

  #column(index: number, column: ArrowColumn | undefined, from: number, to: number, reading: Reading): Column {
    const rows = to - from;
    if (!column) return cellsToColumn([], rows, { as: 'skip' });
    const field = this.#read[index];
    const cells: Cell[] = [];
    for (let row = from; row < to; row++) {
      const cell = column.at(row);
      if (typeof cell === 'string' && cell.length > longestCell) throw this.#tooLong(index, row);
      if (typeof cell === 'string' && field.type.kind === 'integer') this.#inexact.add(index);
      cells.push(cell);
    }
    if (!isTime(field)) return cellsToColumn(cells, rows, reading);
    if (reading.as === 'text' || reading.as === 'raw') return cellsToColumn(cells.map(written), rows, reading);
    return { kind: 'number', values: Float64Array.from(cells, (cell) => (typeof cell === 'number' && isDate(cell) ? cell : Number.NaN)) };
  }

  async #learn({ header, body }: Message, dictionaries: Map<number, Cell[]>): Promise<void> {
    const id = header.int64(0);
    const field = this.#fields.find(({ dictionary }) => dictionary?.id === id);
    const data = header.table(1);
    if (!field || !data || !isRead(field)) return;
    const parts = await partsOf(data, body, this.name);
    const { dictionary: _, ...plain } = field;
    const column = readColumn(plain, parts);
    if (column.length !== parts.rows || (field.type.kind === 'null' && parts.rows > 0))
      throw new RangeError('A dictionary is not as long as it says.');
    const values = Array.from({ length: column.length }, (_, row) => column.at(row));
    const isDelta = header.uint8(2) !== 0;
    dictionaries.set(id, isDelta ? [...(dictionaries.get(id) ?? []), ...values] : values);
  }

  #tooLong(index: number, row: number): InputError {
    const column = this.names[index];
    return new InputError('cell-too-long', `${this.name}, column "${column}": a text of more than ${longestCell} characters.`, {
      advice: 'Leave the column out.',
      place: { file: this.name, column, row: row + 1 },
    });
  }
}

const isDate = (milliseconds: number): boolean => Math.abs(milliseconds) <= 8.64e15;
const written = (cell: Cell): Cell => (typeof cell === 'number' && isDate(cell) ? new Date(cell).toISOString() : undefined);

interface Parts extends BatchParts {
  rows: number;
  pass(field: ArrowField): void;
}

/** What a record batch says of itself, given out in the order of the columns. */
async function partsOf(header: FlatTable, body: Uint8Array, file: string): Promise<Parts> {
  const rows = header.int64(0);
  if (!(rows >= 0 && rows <= 2 ** 31)) throw new RangeError(`A batch of ${rows} rows.`);
  const nodes = header.pairs(1);
  const buffers = header.pairs(2);
  const variadic = header.int64s(4);
  const packing = header.table(3);
  const unpack = packing && (await unpacker(packing.uint8(0), file));
  let [node, buffer, list] = [0, 0, 0];
  const pass = ({ takes }: ArrowField): void => {
    node += takes.nodes;
    buffer += takes.buffers;
    for (let count = 0; count < takes.variadic; count++) buffer += Math.max(0, variadic[list++] ?? 0);
  };
  return {
    rows,
    pass,
    variadic: () => variadic[list++] ?? 0,
    node() {
      if (node >= nodes.length) throw new RangeError('A batch has too few columns.');
      const { first: length, second: missing } = nodes[node++];
      if (!(length >= 0 && length <= 2 ** 31)) throw new RangeError(`A column of ${length} rows.`);
      return { length, missing };
    },
    buffer() {
      if (buffer >= buffers.length) throw new RangeError('A batch has too few buffers.');
      const { first: offset, second: length } = buffers[buffer++];
      if (!(offset >= 0 && length >= 0 && offset + length <= body.length)) throw new RangeError('A buffer leads out of its batch.');
      const bytes = body.subarray(offset, offset + length);
      return unpack ? unpack(bytes) : bytes;
    },
  };
}
