/** A file's raw cells read as a schema that is already known: strictly, since a value that does not fit would be a wrong answer. */
import { InputError } from '../base/errors.js';
import type { Field } from '../spec/field.js';
import { isNumeric } from '../spec/field-type.js';
import { listed } from './columns/access.js';
import { type NumberFormat, parseDatetime, parseNumber } from './columns/cells.js';
import { type RawColumn, rawColumn } from './columns/raw.js';
import { typedColumn } from './columns/typed.js';
import type { RowBatch } from './sources/batches.js';
import type { RecordFile } from './sources/csv.js';
import type { Column, Table } from './table.js';

/**
 * Finds the fields in the file, in whatever order its columns are, and answers the reader of its batches.
 * @throws InputError `missing-column` at once; `not-a-number` or `not-a-datetime` while reading, naming file, row and column
 */
export function readerFor(fields: readonly Field[], file: Pick<RecordFile, 'name' | 'names' | 'dialect'>): (batch: RowBatch) => Table {
  const places = fields.map((field) => {
    const place = file.names.indexOf(field.name);
    if (place >= 0) return place;
    throw new InputError('missing-column', `${file.name} has no column "${field.name}".`, {
      advice: `It needs ${listed(fields.map((each) => each.name))}, and has ${listed(file.names)}.`,
      place: { file: file.name, column: field.name },
    });
  });
  const names = fields.map((field) => field.name);
  const comma = file.dialect.delimiter !== ',';
  return (batch) => ({
    names,
    rows: batch.rows.length,
    columns: fields.map((field, index) => columnAs(field, rawColumn(batch.rows, places[index]), batch, file.name, comma)),
  });
}

function columnAs(field: Field, raw: RawColumn, batch: RowBatch, file: string, comma: boolean): Column {
  if (!isNumeric(field.type)) return typedColumn(raw, field.type, 'point');
  const fits =
    (format: NumberFormat) =>
    (text: string): boolean =>
      (field.type === 'datetime' ? parseDatetime(text) : parseNumber(text, format)) !== undefined;
  const format = comma && !raw.dictionary.every(fits('point')) && raw.dictionary.every(fits('comma')) ? 'comma' : 'point';
  const wrong = raw.dictionary.findIndex((text) => !fits(format)(text));
  if (wrong < 0) return typedColumn(raw, field.type, format);
  const position = raw.firstRows[wrong];
  const place = { file, row: batch.firstRow + position, line: batch.lines[position], column: field.name };
  const [code, expected] = field.type === 'datetime' ? ['not-a-datetime', 'a date such as 2024-05-31'] : ['not-a-number', 'a number'];
  throw new InputError(
    code,
    `${file}, line ${place.line} (row ${place.row}), column "${field.name}": "${raw.dictionary[wrong].slice(0, 80)}" is not ${expected}.`,
    {
      advice: 'Correct the value, or leave the cell empty where it is not known.',
      place,
    },
  );
}
