/** Many tables of the same columns as one, with a column that says from which file each row came. */
import { InputError } from '../../base/errors.js';
import type { Warning } from '../../spec/dataset.js';
import type { FieldType } from '../../spec/field-type.js';
import { listed } from '../columns/access.js';
import type { NumberFormat } from '../columns/cells.js';
import type { OpenOptions } from '../sources/bytes.js';
import { cellsToColumn } from '../sources/cells-to-column.js';
import { openTable } from '../sources/formats.js';
import { uniqueNames } from '../sources/header.js';
import type { Position, Reading, SourceBatch, TableFile } from '../sources/table-file.js';
import { type CollectionFile, sourceOf } from './collection-file.js';

const mostFiles = 10_000;

/** @throws InputError `unequal-columns`, naming file and column, and as opening each does */
export async function openTogether(name: string, files: readonly CollectionFile[], options: OpenOptions): Promise<TableFile> {
  if (files.length > mostFiles) {
    throw new InputError('too-many-files', `${name} has ${files.length} tables; at most ${mostFiles} are read as one.`, {
      advice: 'Join some of them first.',
      place: { file: name },
    });
  }
  let first: { path: string; names: readonly string[]; declared: TableFile['declared'] } | undefined;
  const formats = new Set<NumberFormat>();
  for (const file of files) {
    const { path } = file;
    const opened = await openTable(sourceOf(file), options);
    try {
      for (const format of opened.numberFormats) formats.add(format);
      first ??= { path, names: opened.names, declared: opened.declared };
      check(path, opened.names, first);
    } finally {
      await opened.close();
    }
  }
  if (!first) throw new TypeError('There is at least one file.');
  return new TogetherTable(name, files, first.names, first.declared, [...formats], options);
}

function check(path: string, names: readonly string[], first: { path: string; names: readonly string[] }): void {
  const missing = first.names.find((name) => !names.includes(name));
  const other = names.find((name) => !first.names.includes(name));
  if (missing === undefined && other === undefined) return;
  const message =
    missing !== undefined
      ? `${path} has no column "${missing}", which ${first.path} has.`
      : `${path} has a column "${other}", which ${first.path} does not have.`;
  throw new InputError('unequal-columns', message, {
    advice: `Files are read as one table where their columns are equal: ${listed(first.names)}. Open others by themselves.`,
    place: { file: path, column: String(missing ?? other) },
  });
}

class TogetherTable implements TableFile {
  readonly name: string;
  readonly size: number;
  readonly names: readonly string[];
  readonly declared: readonly (FieldType | undefined)[];
  readonly numberFormats: readonly NumberFormat[];
  readonly #files: readonly CollectionFile[];
  readonly #own: readonly string[];
  readonly #options: OpenOptions;
  #warnings: Warning[] = [];

  constructor(
    name: string,
    files: readonly CollectionFile[],
    names: readonly string[],
    declared: TableFile['declared'],
    formats: readonly NumberFormat[],
    options: OpenOptions,
  ) {
    this.name = name;
    this.size = files.reduce((sum, { size }) => sum + size, 0);
    this.names = uniqueNames([...names, 'file'], name).names;
    this.declared = [...names.map((_, index) => declared?.[index]), 'category'];
    this.numberFormats = formats;
    this.#files = files;
    this.#own = names;
    this.#options = options;
  }

  warnings(): Warning[] {
    return this.#warnings;
  }

  async close(): Promise<void> {}

  async *batches(readings?: readonly Reading[], after?: Position): AsyncGenerator<SourceBatch, void> {
    const warnings: Warning[] = [];
    let [row, before] = [0, 0];
    for (const file of this.#files) {
      const table = await openTable(sourceOf(file), this.#options);
      try {
        const places = this.#own.map((name) => table.names.indexOf(name));
        const own = table.names.map((name): Reading => readings?.[this.#own.indexOf(name)] ?? { as: 'guess' });
        for await (const batch of table.batches(own)) {
          const firstRow = row + 1;
          row += batch.rows;
          // Batches are the same in every reading, and a position is behind one of them.
          if (after && row <= after.row) continue;
          const from = cellsToColumn(
            Array.from({ length: batch.rows }, () => file.path),
            batch.rows,
            readings?.[this.#own.length] ?? { as: 'text' },
          );
          yield {
            rows: batch.rows,
            columns: [...places.map((place) => batch.columns[place]), from],
            firstRow,
            bytes: before + batch.bytes,
            after: { row },
          };
        }
        warnings.push(...table.warnings());
      } finally {
        await table.close();
      }
      before += file.size;
    }
    this.#warnings = warnings;
  }
}
