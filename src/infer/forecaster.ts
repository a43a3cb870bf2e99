/**
 * Forecasts row by row. The answer about a row is what was foretold of it from the rows before: one step ahead where the value before is known,
 * more where values are missing. Beyond the horizon forecasts are taken for values, a horizon at a time (direct, then recursive).
 */
import { InputError } from '../base/errors.js';
import { columnNamed, numbersOf } from '../data/columns/access.js';
import type { OpenRows } from '../data/open-rows.js';
import type { Table } from '../data/table.js';
import { type Series, seriesOf, withLags } from '../data/windows.js';
import type { Field } from '../spec/field.js';
import {
  asRows,
  before,
  type ForecastPipeline,
  joined,
  latestTable,
  type Origin,
  originsOf,
  rowsAfter,
  type SeriesRows,
  seriesColumns,
  seriesNames,
  someRows,
  withRowBefore,
} from './series-rows.js';

/** A network's answers about some rows of a table that has windows: [rows, horizon], in the target's own unit. */
export type AnswerRows = (table: Table, rows: Uint32Array, signal?: AbortSignal) => Promise<Float64Array>;

/** What comes after the last row of a series. */
export interface ForecastRow {
  /** Of the group; left out where there is one series. */
  series?: string;
  /** Milliseconds since 1970 where times are dates. */
  time: number;
  /** 1 is the row after the last. */
  step: number;
  prediction: number;
}

export interface ForecastPaths {
  table: Table;
  /** The first of its rows that was asked about. */
  first: number;
  series: Series;
  /** [rows of the table]: the target's */
  values: Float64Array;
  /** Rows of the table. */
  origins: Uint32Array;
  /** [origins, horizon], in the target's own unit. */
  outputs: Float64Array;
}

export class Forecaster {
  readonly #fields: readonly Field[];
  readonly #pipeline: ForecastPipeline;
  readonly #answers: AnswerRows;
  #earlier: SeriesRows | undefined;
  #isFirst = true;
  #asked = 0;

  /** @param fields that the pipeline reads */
  constructor(fields: readonly Field[], pipeline: ForecastPipeline, answers: AnswerRows) {
    this.#fields = fields;
    this.#pipeline = pipeline;
    this.#answers = answers;
    const { latest, target } = pipeline;
    if (latest) this.#earlier = asRows(latestTable(fields, latest), target.column);
  }

  /**
   * [rows]. The next call goes on after these rows.
   * @throws InputError `missing-column`, `not-a-number` or `row-without-time`; AbortError
   */
  answer(asked: Table, signal?: AbortSignal): Promise<Float64Array> {
    return this.#told(asked, () => true, signal);
  }

  /** @param isWanted whether a row is told, by whether its value was given */
  async #told(asked: Table, isWanted: (isKnown: boolean) => boolean, signal?: AbortSignal): Promise<Float64Array> {
    const { windows, target } = this.#pipeline;
    const own = asRows(seriesColumns(this.#fields, asked), target.column);
    const rows = this.#follow(own);
    const first = rows.table.rows - own.table.rows;
    const series = seriesOf(windows, rows.table);
    const values = Float64Array.from(numbersOf(columnNamed(rows.table, target.column), target.column));
    const origins = originsOf(series, rows.isKnown, target.horizon).slice(first);
    const lost = origins.indexOf(undefined);
    if (lost >= 0) throw withoutTime(windows.time, this.#asked + lost + 1);
    this.#asked += own.table.rows;
    const answers = new Float64Array(own.table.rows);
    const filled = this.#withValues(rows.table, values);
    for (const round of roundsOf(origins, (index) => isWanted(own.isKnown[index] === 1))) {
      const asking = Uint32Array.from(new Set(round.map(({ row }) => row)));
      const place = new Map(Array.from(asking, (row, index) => [row, index]));
      const table = withLags(windows, target.column, filled, series, asking);
      const told = await this.#answers(table, Uint32Array.from(asking.keys()), signal);
      for (const { row, step, index } of round) {
        answers[index] = told[(place.get(row) ?? 0) * target.horizon + step - 1];
        if (!own.isKnown[index]) values[first + index] = answers[index];
      }
    }
    this.#remember({ table: filled, isKnown: rows.isKnown }, series);
    return answers;
  }

  /** Takes rows in, of which only those without a value are told, to go on from there. Closes the file. */
  async hear(file: OpenRows, signal?: AbortSignal): Promise<void> {
    try {
      for await (const { table } of file.batches) await this.#told(table, (isKnown) => !isKnown, signal);
    } finally {
      await file.close();
    }
  }

  /**
   * The forecasts that would have been made: from every row whose value is given, those remembered among them.
   * @param asked all rows at once
   */
  async paths(asked: Table, signal?: AbortSignal): Promise<ForecastPaths> {
    const { windows, target } = this.#pipeline;
    const own = asRows(seriesColumns(this.#fields, asked), target.column);
    const { table, isKnown } = this.#follow(own);
    const series = seriesOf(windows, table);
    const values = numbersOf(columnNamed(table, target.column), target.column);
    const origins = Uint32Array.from({ length: table.rows }, (_, row) => row).filter((row) => isKnown[row] && !Number.isNaN(values[row]));
    const outputs = await this.#answers(withLags(windows, target.column, table, series), origins, signal);
    return { table, first: table.rows - own.table.rows, series, values, origins, outputs };
  }

  /**
   * What comes after the last rows that were asked about, or that the model keeps: so many rows of each series.
   * @throws InputError `future-inputs` where more is asked for than can be told without columns that nobody knows yet
   */
  async ahead(count: number, signal?: AbortSignal): Promise<ForecastRow[]> {
    const { windows, target } = this.#pipeline;
    const known = new Set([windows.time, windows.group, target.column]);
    const others = this.#fields.filter(({ name }) => !known.has(name));
    if (count > target.horizon && others.length > 0) {
      throw new InputError(
        'future-inputs',
        `${count} rows ahead are asked for; the model tells ${target.horizon} from what is known now.`,
        {
          advice: `For more it needs ${others.map(({ name }) => `"${name}"`).join(', ')} of the rows to come: give a table that ends with them, "${target.column}" left empty, or train with a horizon of ${count}.`,
          place: { field: 'horizon' },
        },
      );
    }
    if (!this.#earlier) return [];
    const after = rowsAfter(this.#pipeline, this.#earlier, count);
    const times = numbersOf(columnNamed(after, windows.time), windows.time);
    const names = seriesNames(after, windows.group);
    const predictions = await this.answer(after, signal);
    return Array.from(predictions, (prediction, row) => ({
      ...(windows.group === undefined ? {} : { series: names[row] }),
      time: times[row],
      step: (row % count) + 1,
      prediction,
    }));
  }

  /** The rows after those remembered, with one before each series that begins. */
  #follow(own: SeriesRows): SeriesRows {
    const { windows } = this.#pipeline;
    const remembered = this.#earlier && (this.#isFirst ? before(windows, this.#earlier, own.table) : this.#earlier);
    this.#isFirst = false;
    return withRowBefore(this.#pipeline, remembered ? joined([remembered, own]) : own);
  }

  #withValues(table: Table, values: Float64Array): Table {
    const place = table.names.indexOf(this.#pipeline.target.column);
    return { ...table, columns: table.columns.with(place, { kind: 'number', values }) };
  }

  /** Of each series its last value that was given, the window behind it, and all that follows. */
  #remember(rows: SeriesRows, { groups }: Series): void {
    const { windows } = this.#pipeline;
    const kept = groups.flatMap((own) => {
      let last = own.length - 1;
      while (last > 0 && !rows.isKnown[own[last]]) last--;
      return [...own.subarray(Math.max(0, last - windows.length + 1))];
    });
    this.#earlier = someRows(rows, Uint32Array.from(kept).sort());
  }
}

/** Those that are wanted, by round; of a round there may be none, where its rows were told before. */
function roundsOf(origins: readonly (Origin | undefined)[], isWanted: (index: number) => boolean): (Origin & { index: number })[][] {
  const rounds = new Map<number, (Origin & { index: number })[]>();
  for (const [index, origin] of origins.entries()) {
    if (!origin || !isWanted(index)) continue;
    const round = rounds.get(origin.round) ?? [];
    rounds.set(origin.round, round);
    round.push({ ...origin, index });
  }
  return [...rounds].sort(([one], [other]) => one - other).map(([, round]) => round);
}

const withoutTime = (column: string, row: number): InputError =>
  new InputError('row-without-time', `Row ${row} has no "${column}", and nothing can be foretold of no time.`, {
    advice: 'Fill it in, or take the row out.',
    place: { column, row },
  });
