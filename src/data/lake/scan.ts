/** The rows that a plan finds, as columns: row group by row group, filtered exactly, drawn where a sample is wanted. */
import { Random } from '../../base/random.js';
import { textColumn } from '../columns/text.js';
import { readGroups } from '../parquet/read-groups.js';
import { rowsPerBatch } from '../sources/batches.js';
import type { Column, TableChunk } from '../table.js';
import type { DataSet } from './data-set.js';
import { columnsToRead, type Plan, type PlannedGroup, type Sampling } from './plan.js';
import { keepRows } from './predicate.js';
import { Reservoir } from './reservoir.js';

export interface ScannedRows extends TableChunk {
  /** Rows looked at so far, of those in the plan's row groups. */
  looked: number;
}

export interface ScanOptions {
  signal?: AbortSignal | undefined;
  infinite?: (column: string, count: number) => void;
}

export async function* scan(dataSet: DataSet, plan: Plan, options: ScanOptions = {}): AsyncGenerator<ScannedRows> {
  const { sample } = plan;
  if (!sample?.among || sample.rows === undefined) {
    yield* scanAll(dataSet, plan, options);
    return;
  }
  const { among, rows, seed } = sample;
  const reservoir = new Reservoir(rows, seed);
  let looked = 0;
  for (const [index, group] of plan.groups.entries()) {
    if (index >= among.groups && reservoir.seen >= among.rows) break;
    for await (const piece of scanAll(dataSet, { ...plan, groups: [group], sample: undefined }, options)) {
      reservoir.add(piece);
      yield { rows: 0, columns: [], looked: looked + piece.looked };
    }
    looked += group.rows;
  }
  const chunk = reservoir.take();
  if (chunk.rows > 0) yield { ...chunk, looked };
}

async function* scanAll(dataSet: DataSet, plan: Plan, options: ScanOptions): AsyncGenerator<ScannedRows> {
  const draw = plan.sample ? new Drawing(plan.sample, plan.groups) : undefined;
  let looked = 0;
  for (const planned of plan.groups) {
    if (draw?.isFull) return;
    const { file, footer } = dataSet.files[planned.file];
    const read = columnsToRead(dataSet, planned.file, plan);
    const batches =
      read.length === 0
        ? countedRows(planned.rows)
        : readGroups(footer, {
            read: (start, end) => file.read(start, end),
            ahead: (ranges) => file.ahead(ranges),
            columns: read,
            groups: [planned.group],
            rowsPerBatch: rowsPerBatch(Math.max(1, read.length)),
            signal: options.signal,
            ...(options.infinite ? { infinite: options.infinite } : {}),
          });
    for await (const batch of batches) {
      looked += batch.rows;
      const byName = new Map(read.map(({ name }, index) => [name, batch.columns[index]]));
      const column = (name: string): Column => shaped(dataSet, name, planned.file, byName.get(name), batch.rows);
      const keep = new Uint8Array(batch.rows).fill(1);
      for (const condition of plan.conditions) keepRows(condition, column(condition.column), keep);
      draw?.draw(keep);
      const rows = keep.reduce((sum, kept) => sum + kept, 0);
      yield { rows, looked, columns: rows === 0 ? [] : plan.columns.map((name) => picked(column(name), keep, rows)) };
    }
  }
}

/** Only partitions are asked for: no byte of the file is. */
async function* countedRows(rows: number): AsyncGenerator<TableChunk> {
  for (let done = 0; done < rows; done += 8192) yield { rows: Math.min(8192, rows - done), columns: [] };
}

/** A file's own column in the data set's kind, a partition's value for every row, or missing values. */
function shaped({ columns, partitions }: DataSet, name: string, file: number, own: Column | undefined, rows: number): Column {
  const kind = columns.find((column) => column.name === name)?.kind ?? 'text';
  const isNumber = kind === 'number' || kind === 'datetime';
  if (own) return own.kind === 'number' && !isNumber ? asText(own.values) : own;
  const value = partitions.find((partition) => partition.name === name)?.values[file];
  if (isNumber) return { kind: 'number', values: new Float64Array(rows).fill(typeof value === 'number' ? value : Number.NaN) };
  return {
    kind: 'text',
    codes: new Int32Array(rows).fill(value === undefined ? -1 : 0),
    dictionary: value === undefined ? [] : [String(value)],
  };
}

const asText = (values: Float64Array): Column =>
  textColumn(Array.from(values, (value) => (Number.isNaN(value) ? undefined : String(value))));

/** The rows that are kept, with only the texts that occur in them. */
function picked(column: Column, keep: Uint8Array, rows: number): Column {
  if (rows === keep.length && column.kind === 'number') return column;
  if (column.kind === 'number') {
    const values = new Float64Array(rows);
    for (let row = 0, at = 0; row < keep.length; row++) if (keep[row]) values[at++] = column.values[row];
    return { kind: 'number', values };
  }
  if (column.kind === 'picture') return column;
  const codes = new Int32Array(rows);
  const codeOf = new Int32Array(column.dictionary.length).fill(-1);
  const dictionary: string[] = [];
  for (let row = 0, at = 0; row < keep.length; row++) {
    if (!keep[row]) continue;
    const code = column.codes[row];
    if (code >= 0 && codeOf[code] < 0) codeOf[code] = dictionary.push(column.dictionary[code]) - 1;
    codes[at++] = code < 0 ? -1 : codeOf[code];
  }
  return { kind: 'text', codes, dictionary };
}

/** Draws rows one after the other (Knuth's algorithm S where their number is known), by the seed alone. */
class Drawing {
  readonly #random: Random;
  readonly #probability: number;
  /** Still wanted; undefined where each row is drawn by itself. */
  #wanted: number | undefined;
  #left: number;
  readonly #exactly: boolean;

  constructor({ rows, probability, seed }: Sampling, groups: readonly PlannedGroup[]) {
    this.#random = new Random(seed, 'lake rows');
    this.#wanted = rows;
    this.#probability = probability;
    this.#left = groups.reduce((sum, group) => sum + group.rows, 0);
    this.#exactly = rows !== undefined && probability < 1;
  }

  get isFull(): boolean {
    return this.#wanted === 0;
  }

  draw(keep: Uint8Array): void {
    for (let row = 0; row < keep.length; row++) {
      const left = this.#left--;
      if (!keep[row]) continue;
      if (
        this.#exactly
          ? this.#random.uniform() * left >= (this.#wanted ?? 0)
          : this.#probability < 1 && this.#random.uniform() >= this.#probability
      )
        keep[row] = 0;
      else if (this.#wanted === 0) keep[row] = 0;
      else if (this.#wanted !== undefined) this.#wanted -= 1;
    }
  }
}
