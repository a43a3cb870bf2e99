/** Which of many stored rows train, validate and test, decided in one pass over their chunks with a few bytes for each row. */
import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import { inTurns } from '../../base/in-turns.js';
import { columnNamed, numbersOf, textsOf } from '../../data/columns/access.js';
import { partNamed } from '../../data/pictures/paths.js';
import { assigningRows } from '../../data/split.js';
import type { Table } from '../../data/table.js';
import { learnsWithoutTarget, type Task } from '../../spec/task.js';
import type { SplitSpec } from '../../spec/training.js';
import { refusePart, requireValidation } from '../division.js';
import { Codes } from './codes.js';
import { noPart, type PartOfRow } from './stored-rows.js';
import type { StoredTable } from './stored-table.js';

/** What divides the rows that have a target, which are counted without the others. */
export interface Divisors {
  /** [rows of the dataset]: 1 where there is a target. */
  hasTarget: Uint8Array;
  /** Rows with a target. */
  rows: number;
  classes?: Int32Array;
  groups?: Int32Array;
  times?: Float64Array;
  /** 0 trains, 1 validates, 2 tests, as the source says. */
  given?: Uint8Array;
}

const partNumbers = { training: 0, validation: 1, test: 2 } as const;

/** @throws InputError `missing-column`, `not-a-number` or `unknown-part`; AbortError */
export async function readDivisors(
  from: StoredTable,
  { target, task, split }: { target: string; task: Task; split: Partial<SplitSpec> },
  signal?: AbortSignal,
): Promise<Divisors> {
  const { record } = from;
  const hasTarget = new Uint8Array(record.rows);
  const byTime = split.time !== undefined;
  const classes = task === 'classification' && !byTime && split.group === undefined ? new Codes(record.rows) : undefined;
  const groups = !byTime && split.group !== undefined ? new Codes(record.rows) : undefined;
  const times = byTime ? new Float64Array(record.rows) : undefined;
  const given = split.parts === undefined ? undefined : new Uint8Array(record.rows);
  let [first, rows] = [0, 0];
  for (let index = 0; index < record.chunks.length; index++) {
    throwIfAborted(signal);
    const table = await from.read(index);
    const places = learnsWithoutTarget(task)
      ? Int32Array.from({ length: table.rows }, (_, row) => rows + row)
      : placesOf(table, target, rows);
    const kept = (row: number): number => places[row];
    for (let row = 0; row < table.rows; row++) hasTarget[first + row] = places[row] < 0 ? 0 : 1;
    classes?.add(table, target, kept);
    if (groups && split.group !== undefined) groups.add(table, split.group, kept);
    if (times && split.time !== undefined) {
      const values = numbersOf(columnNamed(table, split.time), split.time);
      for (let row = 0; row < table.rows; row++) if (places[row] >= 0) times[places[row]] = values[row];
    }
    if (given && split.parts !== undefined) readParts(table, split.parts, { first, given, places });
    for (const place of places) if (place >= 0) rows++;
    first += table.rows;
    await yieldToEventLoop();
  }
  return {
    hasTarget,
    rows,
    ...(classes ? { classes: classes.values.subarray(0, rows) } : {}),
    ...(groups ? { groups: groups.values.subarray(0, rows) } : {}),
    ...(times ? { times: times.subarray(0, rows) } : {}),
    ...(given ? { given: given.subarray(0, rows) } : {}),
  };
}

/** [rows of a chunk]: each one's place among all rows with a target, −1 where it has none. @param next that of the next one */
function placesOf(table: Table, target: string, next: number): Int32Array {
  const column = columnNamed(table, target);
  const { codes } = column.kind === 'text' ? column : { codes: undefined };
  const values = column.kind === 'number' ? column.values : undefined;
  let place = next;
  return Int32Array.from({ length: table.rows }, (_, row) => {
    const isThere = values ? !Number.isNaN(values[row]) : codes !== undefined && codes[row] >= 0;
    return isThere ? place++ : -1;
  });
}

function readParts(table: Table, column: string, to: { first: number; given: Uint8Array; places: Int32Array }): void {
  const { codes, dictionary } = textsOf(columnNamed(table, column), column);
  const parts = dictionary.map((text, code) => {
    const named = partNamed(text);
    return partNumbers[named ?? refusePart(text, column, to.first + codes.indexOf(code) + 1)];
  });
  for (let row = 0; row < table.rows; row++) {
    if (to.places[row] >= 0) to.given[to.places[row]] = codes[row] < 0 ? 0 : parts[codes[row]];
  }
}

/** The same division as `divide` makes of a table in memory. @throws InputError `no-validation-rows` or `split-impossible` */
export async function divideStreamed(by: Divisors, split: SplitSpec, seed: number, signal?: AbortSignal): Promise<PartOfRow> {
  requireValidation(split);
  const { hasTarget, given } = by;
  const parts = await inTurns(given ? completed(by, given, split, seed) : assigningRows({ ...by, seed, split }), signal);
  const all = new Uint8Array(hasTarget.length).fill(noPart);
  let place = 0;
  for (let row = 0; row < all.length; row++) if (hasTarget[row]) all[row] = parts[place++];
  return all;
}

/** Of the rows that the source lets train a share validates where none does, and one tests where none does. */
function* completed(by: Divisors, given: Uint8Array, split: SplitSpec, seed: number): Generator<void, Uint8Array> {
  const [validates, tests] = [given.includes(1), given.includes(2)];
  const trains = (_: number, place: number): boolean => given[place] === 0;
  const shares = { ...split, validation: validates ? 0 : split.validation, test: tests ? 0 : split.test };
  const inner = yield* assigningRows({
    rows: given.reduce((count, part) => count + (part === 0 ? 1 : 0), 0),
    seed,
    split: shares,
    ...(by.classes ? { classes: by.classes.filter(trains) } : {}),
    ...(by.groups ? { groups: by.groups.filter(trains) } : {}),
    ...(by.times ? { times: by.times.filter(trains) } : {}),
  });
  let next = 0;
  return given.map((part) => (part === 0 ? inner[next++] : part));
}
