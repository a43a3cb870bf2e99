/**
 * Ratings of films as GroupLens writes them: their times are seconds, and become times; with its films known, each rating has the title and
 * the genres beside it.
 */
import type { Warning } from '../../spec/dataset.js';
import type { FieldType } from '../../spec/field-type.js';
import type { Column } from '../table.js';
import { type Cell, cellsToColumn } from './cells-to-column.js';
import type { Position, Reading, SourceBatch, TableFile } from './table-file.js';

export interface Film {
  title: string;
  genres: string;
}

const ratingNames = ['userId', 'movieId', 'rating', 'timestamp'];

export const isRatings = ({ names }: TableFile): boolean =>
  names.length === ratingNames.length && ratingNames.every((name, index) => names[index] === name);

/** A table of ratings by itself; any other is left as it is. */
export const asRatings = (file: TableFile): TableFile => (isRatings(file) ? new RatingsTable(file.name, file) : file);

export const textAt = (column: Column, row: number): string => {
  const code = column.kind === 'text' ? column.codes[row] : -1;
  return column.kind === 'text' && code >= 0 ? column.dictionary[code] : '';
};

export class RatingsTable implements TableFile {
  readonly name: string;
  readonly size: number | undefined;
  readonly names: readonly string[];
  readonly declared: readonly (FieldType | undefined)[];
  readonly numberFormats;
  readonly ratings: TableFile;
  readonly #films: Map<string, Film> | undefined;
  readonly #places: readonly number[];
  readonly #unknown = new Set<string>();

  constructor(name: string, ratings: TableFile, films?: Map<string, Film>) {
    this.name = name;
    this.size = ratings.size;
    this.ratings = ratings;
    this.#films = films;
    this.#places = ratingNames.map((each) => ratings.names.indexOf(each));
    this.names = films ? [...ratingNames, 'title', 'genres'] : ratingNames;
    this.declared = [undefined, undefined, undefined, 'datetime', ...(films ? [undefined, undefined] : [])];
    this.numberFormats = ratings.numberFormats;
  }

  warnings(): Warning[] {
    const [first] = this.#unknown;
    if (first === undefined) return this.ratings.warnings();
    const unknown: Warning = {
      code: 'unknown-films',
      message: `${this.name}: ${this.#unknown.size} films are rated and not listed, the first being ${first}; their title is missing.`,
      advice: 'Take ratings.csv and movies.csv from the same archive.',
      place: { file: this.name, movieId: first },
    };
    return [...this.ratings.warnings(), unknown];
  }

  close(): Promise<void> {
    return this.ratings.close();
  }

  async *batches(readings?: readonly Reading[], after?: Position): AsyncGenerator<SourceBatch, void> {
    const asked = this.names.map((_, index): Reading => readings?.[index] ?? { as: 'guess' });
    const own = this.ratings.names.map((_, place): Reading => {
      const index = this.#places.indexOf(place);
      // The film's number leads to its title, and the time is made from the seconds as they stand.
      return index < 0 ? { as: 'skip' } : index === 3 || (index === 1 && this.#films) ? { as: 'raw' } : asked[index];
    });
    for await (const batch of this.ratings.batches(own, after)) {
      const { rows } = batch;
      const [user, movie, rating, time] = this.#places.map((place) => batch.columns[place]);
      const seconds = cellsOf(time, rows);
      const when: Column =
        asked[3].as === 'text' || asked[3].as === 'raw'
          ? cellsToColumn(seconds.map(written), rows, asked[3])
          : { kind: 'number', values: Float64Array.from(seconds, (cell) => timeOf(cell) ?? Number.NaN) };
      const columns = [user, this.#films ? cellsToColumn(cellsOf(movie, rows).map(asNumber), rows, asked[1]) : movie, rating, when];
      if (this.#films) columns.push(...this.#about(cellsOf(movie, rows), rows, asked));
      yield { ...batch, columns };
    }
  }

  #about(movies: readonly Cell[], rows: number, asked: readonly Reading[]): Column[] {
    const films = movies.map((cell) => {
      const film = this.#films?.get(String(cell));
      if (!film && cell !== undefined && this.#unknown.size < 1000) this.#unknown.add(String(cell));
      return film;
    });
    return [
      cellsToColumn(
        films.map((film) => film?.title),
        rows,
        asked[4],
      ),
      cellsToColumn(
        films.map((film) => film?.genres),
        rows,
        asked[5],
      ),
    ];
  }
}

const cellsOf = (column: Column, rows: number): Cell[] => Array.from({ length: rows }, (_, row) => textAt(column, row) || undefined);

const asNumber = (cell: Cell): Cell => (typeof cell === 'string' && /^\d{1,15}$/.test(cell) ? Number(cell) : cell);

/** Milliseconds since 1970. */
function timeOf(cell: Cell): number | undefined {
  const milliseconds = /^\d{1,12}$/.test(String(cell)) ? Number(cell) * 1000 : Number.NaN;
  return milliseconds <= 8.64e15 ? milliseconds : undefined;
}

const written = (cell: Cell): Cell => {
  const time = timeOf(cell);
  return time === undefined ? cell : new Date(time).toISOString();
};
