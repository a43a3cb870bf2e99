/**
 * Rows of a file behind those of a dataset: the columns are matched by name and read by the types that the dataset has, so that every chunk
 * that is stored already stays as it is.
 */
import { InputError } from '../../base/errors.js';
import type { DatasetRecord, Warning } from '../../spec/dataset.js';
import type { DateForm } from '../../spec/date-form.js';
import type { Field, PictureSize } from '../../spec/field.js';
import type { FieldType } from '../../spec/field-type.js';
import type { Learnt } from '../../spec/import.js';
import type { Store } from '../../storage/store.js';
import { readChunks } from '../chunks.js';
import { ColumnProfile } from '../columns/profile.js';
import { rowHashes } from '../profile/chunk-hashes.js';
import type { ReadEvent, ReadResult } from '../read.js';
import type { Column, TableChunk } from '../table.js';
import { columnWarnings, limited } from '../warnings.js';

/** Warnings that are about all rows of a column, and are found anew. */
const aboutWholeColumns: ReadonlySet<string> = new Set(['empty-column', 'almost-empty-column', 'constant-column', 'class-imbalance']);

export interface Joining {
  types: Record<string, FieldType>;
  /** How the dataset's columns write their dates: what decides where the file does not. */
  dates: Record<string, DateForm>;
  pictures?: PictureSize;
  joined(reading: AsyncGenerator<ReadEvent, ReadResult>): AsyncGenerator<ReadEvent, ReadResult>;
}

/** @param from what is read, for messages */
export function joining(store: Store, into: DatasetRecord, from: string, signal?: AbortSignal): Joining {
  const pictures = into.fields.find(({ type }) => type === 'picture')?.picture;
  const types = Object.fromEntries(into.fields.filter(() => !pictures).map(({ name, type }) => [name, type]));
  const dates = Object.fromEntries(into.fields.flatMap(({ name, dates }) => (dates ? [[name, dates]] : [])));
  return { types, dates, ...(pictures ? { pictures } : {}), joined };

  async function* joined(reading: AsyncGenerator<ReadEvent, ReadResult>): AsyncGenerator<ReadEvent, ReadResult> {
    const { fields } = into;
    const whole = new WholeColumns(fields);
    let order = fields.map((_, index) => index);
    try {
      let rows = 0;
      for await (const chunk of readChunks(store, into, signal)) {
        whole.add(chunk);
        rows += chunk.rows;
        yield { kind: 'progress', rows, bytes: 0 };
      }
      for (;;) {
        const next = await reading.next().catch((thrown: unknown) => {
          throw isColumnMissing(thrown) ? columnsDiffer(into, `${from} lacks the column "${thrown.place.column}"`, thrown.place) : thrown;
        });
        if (next.done) return resultOf(into, next.value, whole);
        const event = next.value;
        if (event.kind === 'learnt') {
          order = orderOf(into, event.learnt, from);
          whole.learnt(order.map((index) => event.learnt.decisions[index].dates));
        }
        if (event.kind !== 'chunk') {
          yield event;
          continue;
        }
        const columns = order.map((index) => event.chunk.columns[index]);
        requireSameKinds(into, columns, event.chunk.columns.length, from);
        const chunk = { rows: event.chunk.rows, columns };
        whole.add(chunk);
        const { after: _, ...rest } = event;
        yield { ...rest, chunk };
      }
    } finally {
      await reading.return(undefined as never);
    }
  }
}

function resultOf(into: DatasetRecord, read: ReadResult, whole: WholeColumns): ReadResult {
  const rows = into.rows + read.rows;
  const fields = whole.fields();
  const lasting = ({ code }: Warning): boolean => !aboutWholeColumns.has(code);
  const warnings = [...into.warnings.filter(lasting), ...read.warnings.filter(lasting), ...columnWarnings(fields, rows)];
  return { ...read, rows, fields, warnings: limited(warnings) };
}

/** The place in the file of each of the dataset's columns. @throws InputError `columns-differ` */
function orderOf(into: DatasetRecord, { names, decisions }: Learnt, from: string): number[] {
  const own = into.fields.map(({ name }) => name);
  const strange = names.find((name) => !own.includes(name));
  if (strange !== undefined) throw columnsDiffer(into, `${from} has a column "${strange}" more`, { column: strange });
  const tolerated = new Set(into.warnings.filter(({ code }) => code === 'mixed-column').map(({ place }) => place.column));
  for (const { warnings } of decisions) {
    const misfit = warnings.find(({ code, place }) => code === 'mixed-column' && !tolerated.has(place.column));
    if (misfit) throw columnsDiffer(into, misfit.message.replace(/ They count as missing\.$/, '').replace(/\.$/, ''), misfit.place);
  }
  const order = own.map((name) => names.indexOf(name));
  for (const [index, { name, dates }] of into.fields.entries()) {
    const read = decisions[order[index]].dates;
    if (dates && read && isOfDays(dates) && isOfDays(read) && dates !== read)
      throw columnsDiffer(into, datesDiffer(name, read), { column: name });
  }
  return order;
}

const isOfDays = (form: DateForm): boolean => form === 'day-first' || form === 'month-first';

const datesDiffer = (name: string, form: DateForm): string =>
  `the dates in column "${name}" have the ${form === 'day-first' ? 'day' : 'month'} first, and those before the ${form === 'day-first' ? 'month' : 'day'}`;

function requireSameKinds(
  { fields, ...into }: Pick<DatasetRecord, 'id' | 'name' | 'fields'>,
  columns: readonly (Column | undefined)[],
  given: number,
  from: string,
): void {
  const differs = fields.find(({ type }, index) => {
    const kind = type === 'picture' ? 'picture' : isNumber(type) ? 'number' : 'text';
    return columns[index]?.kind !== kind;
  });
  if (differs || given !== fields.length) throw columnsDiffer(into, `${from} has other columns`, differs ? { column: differs.name } : {});
}

const isNumber = (type: FieldType): boolean => type === 'number' || type === 'integer' || type === 'datetime';

const isColumnMissing = (thrown: unknown): thrown is InputError => thrown instanceof InputError && thrown.code === 'missing-column';

const columnsDiffer = ({ id, name }: Pick<DatasetRecord, 'id' | 'name'>, how: string, place: Warning['place']): InputError =>
  new InputError('columns-differ', `These rows cannot follow those of "${name}": ${how}.`, {
    advice: 'Append a file of the same columns, or import it in place of the rows, as a new version.',
    place: { dataset: id, ...place },
  });

/** What is known of the columns over all rows, those before and those that are added. */
class WholeColumns {
  readonly #fields: readonly Field[];
  readonly #profiles: ColumnProfile[];
  readonly #pictures = new Set<number>();
  /** Columns of whole numbers in which there is another one now. */
  readonly #fractions = new Set<number>();
  /** How dates are written in the rows that are added. */
  #dates: readonly (DateForm | undefined)[] = [];

  constructor(fields: readonly Field[]) {
    this.#fields = fields;
    this.#profiles = fields.map(({ type }) => new ColumnProfile(type, fields.length));
  }

  add({ rows, columns }: TableChunk): void {
    for (const [index, column] of columns.entries()) {
      if (column.kind === 'picture') for (const hash of rowHashes(column, rows)) this.#pictures.add(hash);
      else this.#profiles[index].add(column);
      if (
        column.kind === 'number' &&
        this.#fields[index].type === 'integer' &&
        column.values.some((value) => value % 1 !== 0 && !Number.isNaN(value))
      )
        this.#fractions.add(index);
    }
  }

  learnt(dates: readonly (DateForm | undefined)[]): void {
    this.#dates = dates;
  }

  fields(): Field[] {
    return this.#fields.map((field, index): Field => {
      const { name, type, reason } = field;
      if (type === 'picture') return { ...field, distinct: this.#pictures.size };
      if (this.#fractions.has(index))
        return { ...this.#profiles[index].field(name, 'Not all of its numbers are whole since rows were appended.'), type: 'number' };
      const dates = field.dates ?? this.#dates[index];
      return { ...this.#profiles[index].field(name, /\d/.test(reason) ? 'As in the rows before.' : reason), ...(dates ? { dates } : {}) };
    });
  }
}
