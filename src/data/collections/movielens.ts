/**
 * Ratings of films as GroupLens ships them: `ratings.csv` beside `movies.csv`, in a folder of an archive. Each rating stands with the title
 * and the genres of its film, and its time is a time.
 */
import { InputError } from '../../base/errors.js';
import type { OpenOptions } from '../sources/bytes.js';
import { openTable } from '../sources/formats.js';
import { type Film, isRatings, RatingsTable, textAt } from '../sources/ratings.js';
import type { Reading, TableFile } from '../sources/table-file.js';
import { type CollectionFile, sourceOf } from './collection-file.js';

export interface MovieLensFiles {
  ratings: CollectionFile;
  movies: CollectionFile;
}

const movieNames = ['movieId', 'title', 'genres'];

/** The two files where they lie side by side, and no others such pair. */
export function movieLensIn(files: readonly CollectionFile[]): MovieLensFiles | undefined {
  const found = files.filter(({ path }) => /(^|\/)ratings\.csv$/.test(path));
  if (found.length !== 1) return undefined;
  const folder = found[0].path.slice(0, -'ratings.csv'.length);
  const movies = files.find(({ path }) => path === `${folder}movies.csv`);
  return movies && { ratings: found[0], movies };
}

/** Films that are held while the ratings are read. */
const mostFilms = 2_000_000;

/** @throws InputError `missing-column`, and as reading the two tables does */
export async function openMovieLens(name: string, { ratings, movies }: MovieLensFiles, options: OpenOptions): Promise<TableFile> {
  const films = await filmsOf(await openTable(sourceOf(movies), options));
  const file = await openTable(sourceOf(ratings), options);
  const ratingsAlone = unwrapped(file);
  if (isRatings(ratingsAlone)) return new RatingsTable(name, ratingsAlone, films);
  await file.close();
  throw new InputError('missing-column', `${ratings.path} does not have the columns userId, movieId, rating and timestamp.`, {
    advice: 'Open the archive as GroupLens ships it, or the one file in it that you want.',
    place: { file: ratings.path },
  });
}

const unwrapped = (file: TableFile): TableFile => (file instanceof RatingsTable ? file.ratings : file);

async function filmsOf(file: TableFile): Promise<Map<string, Film>> {
  const films = new Map<string, Film>();
  try {
    const [id, title, genres] = movieNames.map((name) => placeOf(file, name));
    const readings = file.names.map((_, index): Reading => ({ as: [id, title, genres].includes(index) ? 'raw' : 'skip' }));
    for await (const { rows, columns } of file.batches(readings)) {
      for (let row = 0; row < rows && films.size < mostFilms; row++) {
        films.set(textAt(columns[id], row), { title: textAt(columns[title], row), genres: textAt(columns[genres], row) });
      }
    }
    return films;
  } finally {
    await file.close();
  }
}

function placeOf(file: TableFile, name: string): number {
  const place = file.names.indexOf(name);
  if (place >= 0) return place;
  throw new InputError('missing-column', `${file.name} has no column "${name}".`, {
    advice: 'Open the archive as GroupLens ships it, or the one file in it that you want.',
    place: { file: file.name, column: name },
  });
}
