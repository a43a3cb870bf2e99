/**
 * What a plan finds as a table that can be read again and again: what came over the wire once is kept in the store until the import is over.
 * Each file begins a chunk, so that a newer version can take over the chunks of files that have not changed.
 */

import { InputError } from '../../base/errors.js';
import type { ChunkRef } from '../../spec/chunk.js';
import type { DatasetRecord, Warning } from '../../spec/dataset.js';
import type { FieldType } from '../../spec/field-type.js';
import type { Store } from '../../storage/store.js';
import { decodeChunk, encodeChunk } from '../chunks.js';
import { asRead, emptyColumn } from '../columns/as-read.js';
import { declaredType, infiniteWarnings, schemaWarnings } from '../parquet/open.js';
import { rebatched } from '../rebatch.js';
import { rowsPerBatch } from '../sources/batches.js';
import type { Position, Reading, SourceBatch, TableFile } from '../sources/table-file.js';
import type { DataSet } from './data-set.js';
import { estimateOf, type Plan } from './plan.js';
import { scan } from './scan.js';

/** Chunks of an earlier copy, by the index of the file that they came from. */
export type KeptChunks = ReadonlyMap<number, DatasetRecord['chunks']>;

interface Waiting {
  ref: ChunkRef;
  rows: number;
  file: number;
}

export class LakeTable implements TableFile {
  readonly name: string;
  readonly size: number;
  readonly names: readonly string[];
  readonly declared: readonly (FieldType | undefined)[];
  readonly numberFormats = ['point'] as const;
  readonly #dataSet: DataSet;
  readonly #plan: Plan;
  readonly #store: Store;
  readonly #kept: KeptChunks;
  readonly #infinite = new Map<string, number>();
  readonly #spooled: ChunkRef[] = [];
  #waiting: Waiting[] | undefined;
  /** Of the reading that goes on: the file of each batch. */
  #batchFiles: number[] = [];

  constructor(dataSet: DataSet, plan: Plan, store: Store, kept: KeptChunks = new Map()) {
    this.name = dataSet.address;
    this.size = estimateOf(dataSet, plan).bytes;
    this.names = plan.columns;
    this.declared = plan.columns.map((name) => declaredOf(dataSet, name));
    this.#dataSet = dataSet;
    this.#plan = plan;
    this.#store = store;
    this.#kept = kept;
  }

  /** How many batches of the last reading came from each file. */
  chunksOfFiles(): Map<number, number> {
    const counts = new Map<number, number>();
    for (const file of this.#batchFiles) counts.set(file, (counts.get(file) ?? 0) + 1);
    return counts;
  }

  warnings(): Warning[] {
    const seen = new Set<string>();
    const ofFiles = this.#dataSet.files.flatMap(({ footer }) => schemaWarnings(footer));
    const ofColumns = ofFiles.filter(({ code, place: { column } }) => {
      const key = `${code} ${column}`;
      if (seen.has(key) || !this.names.includes(String(column))) return false;
      seen.add(key);
      return true;
    });
    return [...ofColumns, ...infiniteWarnings(this.#infinite, this.name)];
  }

  async *batches(
    readings: readonly Reading[] = this.names.map(() => ({ as: 'guess' })),
    after: Position = { row: 0 },
  ): AsyncGenerator<SourceBatch, void> {
    this.#batchFiles = [];
    let row = 0;
    for await (const { chunk, share, file } of this.#waiting ? this.#again(this.#waiting) : this.#first()) {
      row += chunk.rows;
      this.#batchFiles.push(file);
      if (row <= after.row) continue;
      const columns = chunk.columns.map((column, index) => {
        const reading = readings[index];
        return reading.as === 'skip' ? emptyColumn(chunk.rows) : asRead(column, reading, this.declared[index] === 'datetime');
      });
      yield { rows: chunk.rows, columns, firstRow: row - chunk.rows + 1, bytes: Math.round(share * this.size), after: { row } };
    }
    if (row === 0) {
      throw new InputError('no-rows', `No row of ${this.name} is such.`, {
        advice: 'Ask for fewer conditions, or for others.',
        place: { file: this.name },
      });
    }
  }

  async *#first(): AsyncGenerator<{ chunk: ReturnType<typeof decodeChunk>; share: number; file: number }> {
    const waiting: Waiting[] = [];
    const size = rowsPerBatch(this.names.length);
    const total = this.#plan.groups.reduce((sum, { rows }) => sum + rows, 0);
    this.#infinite.clear();
    let looked = 0;
    for (const { file, groups } of byFile(this.#plan)) {
      const kept = this.#kept.get(file);
      if (kept) {
        for (const { ref, rows } of kept) {
          waiting.push({ ref, rows, file });
          yield { chunk: decodeChunk(await this.#store.getChunk(ref)), share: looked / total, file };
        }
        looked += groups.reduce((sum, { rows }) => sum + rows, 0);
        continue;
      }
      const before = looked;
      const pieces = scan(
        this.#dataSet,
        { ...this.#plan, groups },
        {
          signal: this.#dataSet.wire.signal,
          infinite: (column, count) => this.#infinite.set(column, (this.#infinite.get(column) ?? 0) + count),
        },
      );
      for await (const { chunk, latest } of rebatched(pieces, this.names, size)) {
        const ref = await this.#store.putChunk(encodeChunk(chunk));
        this.#spooled.push(ref);
        waiting.push({ ref, rows: chunk.rows, file });
        looked = before + latest.looked;
        yield { chunk, share: looked / total, file };
      }
    }
    this.#waiting = waiting;
  }

  async *#again(waiting: readonly Waiting[]): AsyncGenerator<{ chunk: ReturnType<typeof decodeChunk>; share: number; file: number }> {
    const total = waiting.reduce((sum, { rows }) => sum + rows, 0);
    let done = 0;
    for (const { ref, rows, file } of waiting) {
      const chunk = decodeChunk(await this.#store.getChunk(ref));
      done += rows;
      yield { chunk, share: done / total, file };
    }
  }

  /** What waits is needed until the record is there: see `dispose`. */
  async close(): Promise<void> {}

  async dispose(): Promise<void> {
    await this.#store.abandon(this.#spooled.splice(0));
  }
}

/** Sampling draws over all files one after the other, so it goes on from one to the next. */
function byFile({ groups, sample }: Plan): { file: number; groups: Plan['groups'] }[] {
  if (sample) return groups.length === 0 ? [] : [{ file: groups[0].file, groups }];
  const files = new Map<number, Plan['groups']>();
  for (const group of groups) files.set(group.file, [...(files.get(group.file) ?? []), group]);
  return [...files].map(([file, of]) => ({ file, groups: of }));
}

function declaredOf({ files, columns }: DataSet, name: string): FieldType | undefined {
  const kind = columns.find((column) => column.name === name)?.kind;
  if (kind === 'datetime' || kind === 'boolean') return kind;
  for (const { footer } of files) {
    const column = footer.columns.find((candidate) => candidate.name === name);
    const type = column && declaredType(footer, column);
    if (type === 'identifier' || type === 'text') return type;
  }
  return undefined;
}
