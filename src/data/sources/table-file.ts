/**
 * What a format makes of a source: named columns, and rows in batches, as often as they are asked for. A table is read twice: once to learn
 * what its columns hold, once to keep their values. Nothing has to wait in memory for the last row, and the second reading is a function
 * of the bytes, the readings and a position alone, so that it can go on where it was broken off.
 */
import type { Warning } from '../../spec/dataset.js';
import type { DateForm } from '../../spec/date-form.js';
import type { FieldType } from '../../spec/field-type.js';
import type { NumberFormat } from '../columns/cells.js';
import type { Column } from '../table.js';

/** How one column is to be read in one pass. */
export type Reading =
  /** Numbers where everything in the batch is a plain number or missing, texts otherwise. A format that declares types follows these. */
  | { as: 'guess' }
  /** Trimmed texts; what says that there is no value is missing. */
  | { as: 'text' }
  /** Texts as they stand, also those that say that there is none. */
  | { as: 'raw' }
  /** Numbers; what is none is missing. */
  | { as: 'number'; format: NumberFormat }
  /** Milliseconds since 1970; what is no date is missing. */
  | { as: 'datetime'; dates?: DateForm | undefined }
  /** Not at all: a column without values stands in its place. */
  | { as: 'skip' };

/** A place between two rows, as plain data: reading goes on from it in another session, too. */
export interface Position {
  /** Rows before it. */
  row: number;
  /** Unpacked bytes before it, where the format can go there directly. */
  byte?: number;
  /** The line, from 1, on which the next row begins. */
  line?: number;
}

export interface SourceBatch {
  rows: number;
  /** One for each name: numbers or texts, as the readings say. */
  columns: Column[];
  /** Number of the first row, from 1. */
  firstRow: number;
  /** The line, from 1, on which each row begins, where the format has lines. */
  lines?: ArrayLike<number>;
  /** Bytes of the source read so far; of `TableFile.size`. */
  bytes: number;
  /** Where reading can go on after this batch. */
  after: Position;
}

export interface TableFile {
  /** The file's name, or the address. */
  readonly name: string;
  /** Bytes in all as they lie on disk or come over the wire, where known. */
  readonly size?: number | undefined;
  readonly names: readonly string[];
  /** Types that the format itself declares; left out, or undefined, where the values tell. */
  readonly declared?: readonly (FieldType | undefined)[];
  /** How numbers may be spelt in its texts. */
  readonly numberFormats: readonly NumberFormat[];
  /** About the file as a whole. Complete once every batch has been read. */
  warnings(): Warning[];
  /**
   * The rows, from the beginning or from a position, `rowsPerBatch(names.length)` at a time. Can be asked for again; ending early, or an
   * error, closes what it opened. A batch's values are only good until the next is asked for.
   * @param readings one for each name; left out, all are guessed
   */
  batches(readings?: readonly Reading[], after?: Position): AsyncGenerator<SourceBatch, void>;
  /** Gives back what was kept to read again. */
  close(): Promise<void>;
}
