/** A file's raw cells read as a schema that is already known: strictly, since a value that does not fit would be a wrong answer. */
import { InputError } from '../base/errors.js';
import type { Field } from '../spec/field.js';
import { isNumeric } from '../spec/field-type.js';
import { listed } from './columns/access.js';
import { isMissing, type NumberFormat, parseNumber } from './columns/cells.js';
import { parseDate } from './columns/dates.js';
import { typedColumn } from './columns/typed.js';
import type { SourceBatch, TableFile } from './sources/table-file.js';
import type { Column, Table, TextColumn } from './table.js';

/**
 * Finds the fields in the file, in whatever order its columns are, and answers the reader of its batches, which are texts as they stand.
 * @throws InputError `missing-column` at once; `not-a-number` or `not-a-datetime` while reading, naming file, row and column
 */
export function readerFor(
  fields: readonly Field[],
  file: Pick<TableFile, 'name' | 'names' | 'numberFormats'>,
): (batch: SourceBatch) => Table {
  const places = fields.map((field) => {
    const place = file.names.indexOf(field.name);
    if (place >= 0) return place;
    throw new InputError('missing-column', `${file.name} has no column "${field.name}".`, {
      advice: `It needs ${listed(fields.map((each) => each.name))}, and has ${listed(file.names)}.`,
      place: { file: file.name, column: field.name },
    });
  });
  const names = fields.map((field) => field.name);
  const comma = file.numberFormats.includes('comma');
  return (batch) => ({
    names,
    rows: batch.rows,
    columns: fields.map((field, index) => columnAs(field, trimmed(batch.columns[places[index]]), batch, file.name, comma)),
  });
}

/** Without space around the texts, and with nothing where they say so. */
function trimmed(column: Column): TextColumn {
  if (column.kind !== 'text') throw new TypeError('A file to answer about is read as texts.');
  const known = new Map<string, number>();
  const codeOf = column.dictionary.map((text) => {
    const value = text.trim();
    if (isMissing(value)) return -1;
    const code = known.get(value) ?? known.size;
    known.set(value, code);
    return code;
  });
  return { kind: 'text', codes: column.codes.map((code) => (code < 0 ? -1 : codeOf[code])), dictionary: [...known.keys()] };
}

function columnAs(field: Field, raw: TextColumn, batch: SourceBatch, file: string, comma: boolean): Column {
  if (!isNumeric(field.type)) return typedColumn(raw, field.type, 'point');
  const fits =
    (format: NumberFormat) =>
    (text: string): boolean =>
      (field.type === 'datetime' ? parseDate(text, field.dates) : parseNumber(text, format)) !== undefined;
  const format = comma && !raw.dictionary.every(fits('point')) && raw.dictionary.every(fits('comma')) ? 'comma' : 'point';
  const wrong = raw.dictionary.findIndex((text) => !fits(format)(text));
  if (wrong < 0) return typedColumn(raw, field.type, format, field.dates);
  const position = raw.codes.indexOf(wrong);
  const line = batch.lines?.[position];
  const place = { file, row: batch.firstRow + position, ...(line === undefined ? {} : { line }), column: field.name };
  const [code, expected] = field.type === 'datetime' ? ['not-a-datetime', 'a date such as 2024-05-31'] : ['not-a-number', 'a number'];
  const where = line === undefined ? `row ${place.row}` : `line ${line} (row ${place.row})`;
  throw new InputError(code, `${file}, ${where}, column "${field.name}": "${raw.dictionary[wrong].slice(0, 80)}" is not ${expected}.`, {
    advice: 'Correct the value, or leave the cell empty where it is not known.',
    place,
  });
}
