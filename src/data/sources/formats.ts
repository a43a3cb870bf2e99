/**
 * Every format of tables, told apart by how the bytes begin. To add one, write its file (see README.md) and name it here; it is loaded when
 * something of it is opened.
 */
import { isParquet } from '../parquet/recognise.js';
import type { Source } from '../source.js';
import { isArrow } from './arrow/recognise.js';
import { type OpenOptions, openSource, type SourceBytes } from './bytes.js';
import { TextReader } from './decode.js';
import { isLines } from './lines.js';
import { looksLikeJson, refuseWhatIsNoTable } from './sniff.js';
import type { TableFile } from './table-file.js';

export interface TableFormat {
  /** For messages: `CSV`. */
  name: string;
  /** @param start the first bytes, unpacked; @param name of the file, where bytes alone do not tell */
  recognises(start: Uint8Array, name: string): boolean;
  load(): Promise<(bytes: SourceBytes) => Promise<TableFile>>;
}

const formats: readonly TableFormat[] = [
  { name: 'Arrow', recognises: isArrow, load: async () => (await import('./arrow/arrow.js')).openArrow },
  {
    name: 'JSON',
    recognises: looksLikeJson,
    load: async () => (await import('./json/open-json.js')).openJson,
  },
  { name: 'Parquet', recognises: isParquet, load: async () => (await import('../parquet/open.js')).openParquet },
  { name: 'texts, one a line', recognises: isLines, load: async () => (await import('./lines-table.js')).openLines },
];

/** @throws InputError `not-a-table`, `unknown-builtin`, `unreadable-url`, and as the format does */
export async function openTable(source: Source, options: OpenOptions): Promise<TableFile> {
  const bytes = await openSource(source, options);
  try {
    const { name, start } = bytes;
    const found = formats.find((format) => format.recognises(start, name));
    if (found) return await (await found.load())(bytes);
    // What is left is text with delimiters, unless its bytes say that it is something else.
    refuseWhatIsNoTable(start, name, new TextReader(name, start).encoding !== 'utf-8');
    const { openCsv } = await import('./csv.js');
    const { asRatings } = await import('./ratings.js');
    return asRatings(await openCsv(bytes));
  } catch (error) {
    await bytes.close();
    throw error;
  }
}
