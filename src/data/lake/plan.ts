/** What a query needs of a data set, decided from footers alone: row groups that could hold such rows, and their columns. */
import { InputError } from '../../base/errors.js';
import { Random } from '../../base/random.js';
import type { LakeQuery, LakeSample } from '../../spec/lake.js';
import { listed } from '../columns/access.js';
import { rangesOf } from '../parquet/read-groups.js';
import type { ParquetColumn } from '../parquet/schema.js';
import type { DataSet } from './data-set.js';
import type { LakeEstimate } from './lake.js';
import { type Condition, conditionsOf, couldHold } from './predicate.js';
import { bytesIn, coalesced } from './ranges.js';

export interface PlannedGroup {
  /** Indexes of the file and of the row group in it. */
  file: number;
  group: number;
  rows: number;
}

export interface Plan {
  /** Names of the columns of the answer, in the data set's order. */
  columns: string[];
  conditions: Condition[];
  groups: PlannedGroup[];
  sample: Sampling | undefined;
}

export interface Sampling {
  /** Rows wanted; undefined where each row is drawn by `probability` alone. */
  rows: number | undefined;
  probability: number;
  seed: number;
  /** How many such rows there are is not known before: so many are looked for, in so many row groups at least, and `rows` drawn of them. */
  among?: { rows: number; groups: number };
}

/** Of a sample: from so many times the rows that are wanted, so that neighbours do not fill it. */
const spread = 4;
const fewestGroups = 4;

/** @throws InputError `missing-column`, `invalid-predicate`, `invalid-sample` */
export function planOf(dataSet: DataSet, { columns, where = [], sample }: LakeQuery): Plan {
  const names = dataSet.columns.map(({ name }) => name);
  const wanted = new Set(columns ?? names);
  const absent = [...wanted].find((name) => !names.includes(name));
  if (absent !== undefined || wanted.size === 0) {
    throw new InputError('missing-column', absent === undefined ? 'No column is chosen.' : `There is no column "${absent}".`, {
      advice: `The columns are: ${listed(names)}.`,
      place: absent === undefined ? {} : { column: absent },
    });
  }
  const conditions = conditionsOf(where, dataSet.columns);
  const all: PlannedGroup[] = dataSet.files.flatMap(({ footer }, file) =>
    footer.groups
      .map(({ rows }, group) => ({ file, group, rows }))
      .filter(({ group }) => conditions.every((condition) => couldBe(dataSet, file, group, condition))),
  );
  const plan = { columns: names.filter((name) => wanted.has(name)), conditions };
  return sample === undefined
    ? { ...plan, groups: all, sample: undefined }
    : { ...plan, ...sampled(all, checkedSample(sample), conditions.length > 0) };
}

function couldBe({ files, partitions }: DataSet, file: number, group: number, condition: Condition): boolean {
  const { footer } = files[file];
  const { rows, chunks } = footer.groups[group];
  const partition = partitions.find(({ name }) => name === condition.column);
  if (partition) {
    const value = partition.values[file];
    return couldHold(condition, value === undefined ? { nulls: rows } : { minimum: value, maximum: value, nulls: 0 }, rows);
  }
  const column = footer.columns.find(({ name }) => name === condition.column);
  // A file that lacks the column has only missing values there.
  if (!column) return couldHold(condition, { nulls: rows }, rows);
  if (column.nested) return true;
  const { statistics } = chunks[column.leaves[0]];
  // A number that another file holds as text is compared as text, in another order than its bounds have.
  const isOrdered = typeof statistics.minimum === typeof condition.values[0];
  return couldHold(
    condition,
    isOrdered || condition.values.length === 0 ? statistics : { ...(statistics.nulls === undefined ? {} : { nulls: statistics.nulls }) },
    rows,
  );
}

function checkedSample({ rows, share, seed = 0 }: LakeSample): { rows?: number; share?: number; seed: number } {
  const isRows = rows !== undefined && Number.isInteger(rows) && rows >= 1;
  const isShare = share !== undefined && share > 0 && share <= 1;
  if (Number.isSafeInteger(seed) && seed >= 0 && (isRows ? share === undefined : isShare && rows === undefined))
    return { ...(isRows ? { rows } : { share }), seed };
  throw new InputError('invalid-sample', 'A sample is a number of rows, or a share between 0 and 1, with a seed of 0 or more.', {
    advice: 'Give for example { rows: 10000, seed: 1 }.',
    place: { field: 'sample' },
  });
}

/** Some whole row groups, drawn by the seed, from which rows are drawn afterwards. */
function sampled(
  all: PlannedGroup[],
  { rows, share, seed }: { rows?: number; share?: number; seed: number },
  filtered: boolean,
): Pick<Plan, 'groups' | 'sample'> {
  const total = all.reduce((sum, group) => sum + group.rows, 0);
  const wanted = rows ?? Math.round((share ?? 1) * total);
  const order = new Random(seed, 'lake groups').shuffle(all.map((_, index) => index));
  if (filtered && rows !== undefined) {
    // Row groups are read in the drawn order until there are enough.
    const among = { rows: rows * spread, groups: fewestGroups };
    return { groups: order.map((index) => all[index]), sample: { rows, probability: 1, seed, among } };
  }
  const chosen: number[] = [];
  let reached = 0;
  for (const index of order) {
    if (chosen.length >= fewestGroups && reached >= wanted * spread) break;
    chosen.push(index);
    reached += all[index].rows;
  }
  const groups = chosen.sort((a, b) => a - b).map((index) => all[index]);
  const probability = reached === 0 ? 1 : Math.min(1, wanted / reached);
  return { groups, sample: { rows: filtered ? undefined : Math.min(wanted, reached), probability, seed } };
}

/** The columns that a file is read for: those of the answer, and those of conditions that it has itself. */
export function columnsToRead(dataSet: DataSet, file: number, { columns, conditions }: Plan): ParquetColumn[] {
  const names = new Set([...columns, ...conditions.map(({ column }) => column)]);
  return dataSet.files[file].footer.columns.filter(({ name }) => names.has(name));
}

export function estimateOf(dataSet: DataSet, plan: Plan): LakeEstimate {
  let bytes = 0;
  let rows = 0;
  for (const { file, group, rows: own } of plan.groups) {
    const { footer } = dataSet.files[file];
    bytes += bytesIn(coalesced(rangesOf(footer.groups[group], columnsToRead(dataSet, file, plan))));
    rows += own;
  }
  const asked = plan.sample?.rows;
  return {
    rowGroups: plan.groups.length,
    rows: asked === undefined ? rows : Math.min(asked, rows),
    bytes,
    files: new Set(plan.groups.map(({ file }) => file)).size,
  };
}
