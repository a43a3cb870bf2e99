/** An open data set: its files with their footers, and the columns that they have in common. */
import { throwIfAborted } from '../../base/abort.js';
import { InputError } from '../../base/errors.js';
import { type ParquetFooter, readFooter } from '../parquet/footer.js';
import type { ParquetColumn } from '../parquet/schema.js';
import { type FindOptions, findFiles, inTurns } from './find-files.js';
import type { LakeColumn, LakeSource } from './lake.js';
import type { LakeFile } from './lake-file.js';
import { type PartitionColumn, partitionColumns } from './partitions.js';
import type { Wire } from './remote-file.js';

export interface OpenFile {
  file: LakeFile;
  footer: ParquetFooter;
}

export interface DataSet {
  name: string;
  address: string;
  source: LakeSource;
  files: OpenFile[];
  columns: LakeColumn[];
  partitions: PartitionColumn[];
  wire: Wire;
}

/** Column chunks of all files: what is known of each stays in memory. */
const mostChunks = 2_000_000;

const tooMany = (address: string): InputError =>
  new InputError('too-many-files', `${address} has more than ${mostChunks} column chunks.`, {
    advice: 'Open a part of it, or write it anew with larger row groups.',
    place: { address },
  });

/** Bounds drawn of one column. */
const mostBounds = 200;

export async function openDataSet(source: LakeSource, options: FindOptions): Promise<DataSet> {
  const { name, address, files } = await findFiles(source, options);
  let chunks = 0;
  const open = await inTurns(files, async (file): Promise<OpenFile> => {
    throwIfAborted(options.wire.signal);
    const footer = await readFooter(file.address, file.size, (start, end) => file.read(start, end));
    chunks += footer.groups.length * footer.leaves.length;
    if (chunks > mostChunks) throw tooMany(address);
    return { file, footer };
  });
  const partitions = partitionColumns(files.map(({ path }) => path)).filter(
    // A file may hold the column that its folder names as well: then the file's own values count.
    ({ name: key }) => !open.some(({ footer }) => footer.columns.some((column) => column.name === key)),
  );
  return { name, address, source, files: open, columns: columnsOf(open, partitions), partitions, wire: options.wire };
}

export const kindOf = ({ leaves }: ParquetFooter, column: ParquetColumn): LakeColumn['kind'] =>
  column.nested ? 'text' : leaves[column.leaves[0]].reading.as;

const storedOf = ({ leaves }: ParquetFooter, { leaves: [leaf], nested }: ParquetColumn): string =>
  nested ? { list: 'list', map: 'map', struct: 'repeated', value: 'repeated' }[nested.shape] : leaves[leaf].reading.words;

function columnsOf(files: readonly OpenFile[], partitions: readonly PartitionColumn[]): LakeColumn[] {
  const columns = new Map<string, LakeColumn>();
  for (const { file, footer } of files) {
    for (const column of footer.columns) {
      const kind = kindOf(footer, column);
      const known = columns.get(column.name);
      if (known && known.kind !== kind) agree(known, kind, file.address);
      const target = known ?? {
        name: column.name,
        kind,
        stored: storedOf(footer, column),
        bytes: 0,
        nulls: 0,
        bounds: [],
        ...(column.nested ? { nested: true } : {}),
      };
      columns.set(column.name, target);
      addStatistics(target, column, footer);
    }
  }
  for (const column of columns.values()) thin(column);
  for (const { name, isNumber, values } of partitions) {
    const there = values.filter((value) => value !== undefined);
    columns.set(name, {
      name,
      kind: isNumber ? 'number' : 'text',
      stored: 'name of a folder',
      partition: true,
      bytes: 0,
      nulls: files.reduce((sum, { footer }, index) => sum + (values[index] === undefined ? footer.rows : 0), 0),
      ...(there.length > 0 ? { minimum: there.reduce((a, b) => (b < a ? b : a)), maximum: there.reduce((a, b) => (b > a ? b : a)) } : {}),
    });
  }
  return [...columns.values()];
}

/** The same name with another kind: texts can hold numbers too, anything else is two data sets. */
function agree(known: LakeColumn, kind: LakeColumn['kind'], file: string): void {
  const both = [known.kind, kind];
  if (both.includes('text') && both.includes('number')) {
    known.kind = 'text';
    return;
  }
  throw new InputError('schema-differs', `Column "${known.name}" is ${known.kind} in other files, and ${kind} in ${file}.`, {
    advice: 'Open the files that agree, or leave the column out where they are made.',
    place: { file, column: known.name },
  });
}

function addStatistics(target: LakeColumn, column: ParquetColumn, footer: ParquetFooter): void {
  for (const { chunks } of footer.groups) {
    for (const leaf of column.leaves) target.bytes += chunks[leaf].end - chunks[leaf].start;
    if (column.nested) continue;
    const { minimum, maximum, nulls } = chunks[column.leaves[0]].statistics;
    if (nulls === undefined) delete target.nulls;
    else if (target.nulls !== undefined) target.nulls += nulls;
    if (typeof minimum === 'number' && typeof maximum === 'number') target.bounds?.push({ minimum, maximum });
    if (minimum !== undefined && (target.minimum === undefined || minimum < target.minimum)) target.minimum = minimum;
    if (maximum !== undefined && (target.maximum === undefined || maximum > target.maximum)) target.maximum = maximum;
  }
  if (column.nested) delete target.nulls;
}

function thin(column: LakeColumn): void {
  const { bounds = [] } = column;
  if (bounds.length === 0 || column.kind === 'text') delete column.bounds;
  else if (bounds.length > mostBounds) {
    const step = bounds.length / mostBounds;
    column.bounds = Array.from({ length: mostBounds }, (_, index) => bounds[Math.floor(index * step)]);
  }
}
