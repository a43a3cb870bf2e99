/**
 * JSON and JSON lines as a table. Objects give columns named by the way to each value (`a.b`), arrays of values their first row names; an
 * array in a cell stays JSON. A cell's text means what it means in a table of text, so that 5 and "5" are the same number.
 */
import type { Warning } from '../../../spec/dataset.js';
import { bytesPerBatch, rowsPerBatch } from '../batches.js';
import type { SourceBytes } from '../bytes.js';
import { CellBatch } from '../cell-batch.js';
import { mostColumns, readHeader, tooManyColumns } from '../header.js';
import { noRows } from '../row-errors.js';
import type { Position, Reading, SourceBatch, TableFile } from '../table-file.js';
import { openColumns } from './columns.js';
import { closeBracket, type JsonCursor } from './cursor.js';
import { Elements } from './elements.js';
import { beginning, JsonInput, type JsonPosition } from './input.js';
import { NameTree } from './names.js';
import { ArrayParser, CellsOut, ObjectParser, readTexts } from './row-parser.js';
import { namesApart, type Shape, shapeOf } from './shape.js';

type Rows = Extract<Shape, { kind: 'rows' }>;

interface Known {
  names: string[];
  warnings: Warning[];
  /** Where the first row of values is. */
  from: JsonPosition;
  parser(cells: CellsOut): { row(cursor: JsonCursor): void };
}

/**
 * @throws InputError naming the file, row, line and byte: `empty-file`, `damaged-json`, `json-without-rows`, `too-deep`, `record-too-long`,
 * `too-many-columns`; while reading also `cell-too-long`, `ragged-row`, `no-rows`
 */
export async function openJson(bytes: SourceBytes): Promise<TableFile> {
  const lines = /\.(ndjson|jsonl|ldjson)(\.gz)?$/i.test(bytes.name);
  const shape = await using(bytes, beginning, (input) => shapeOf(input, lines));
  if (shape.kind === 'columns') return openColumns(bytes);
  const known = shape.style === 'objects' ? await namesOfObjects(bytes, shape) : await namesOfArrays(bytes, shape);
  return new OpenJson(bytes, shape, known);
}

async function using<Answer>(bytes: SourceBytes, from: JsonPosition, read: (input: JsonInput) => Promise<Answer>): Promise<Answer> {
  const input = new JsonInput(bytes, from);
  try {
    return await read(input);
  } finally {
    await input.close();
  }
}

/** Every row is looked at: a name may be in the last one alone. */
async function namesOfObjects(bytes: SourceBytes, shape: Rows): Promise<Known> {
  const tree = new NameTree();
  await using(bytes, shape.from, async (input) => {
    const parser = new ObjectParser(tree);
    let row = 0;
    await new Elements(input, shape.within !== 'lines', true).read(
      (cursor) => {
        cursor.row = row + 1;
        parser.row(cursor);
        row += 1;
      },
      () => false,
    );
    if (shape.within === 'array') await input.take(end);
  });
  const { names, warnings } = tree.settle(bytes.name);
  return { names, warnings, from: shape.from, parser: (cells) => new ObjectParser(tree, cells) };
}

/** Nothing follows the array. */
function end(cursor: JsonCursor): void {
  cursor.expect(closeBracket, '"]"');
  if (cursor.peek() >= 0) throw cursor.unexpected('the end of the file');
}

async function namesOfArrays(bytes: SourceBytes, shape: Rows): Promise<Known> {
  const apart = shape.names ? await using(bytes, beginning, namesApart) : undefined;
  const { texts, after } = await using(bytes, shape.from, async (input) => {
    let [found, count]: [string[], number] = [apart ?? [], 0];
    const rows = new Elements(input, shape.within !== 'lines', true);
    if (apart) return { texts: apart, after: shape.from };
    await rows.read(
      (cursor) => {
        ({ texts: found, count } = readTexts(cursor, mostColumns));
      },
      () => count > 0 || found.length > 0,
    );
    if (count > mostColumns) throw tooManyColumns(bytes.name, count);
    return { texts: found, after: input.position };
  });
  const { names, isData, warnings } = readHeader(texts, bytes.name);
  return { names, warnings, from: isData ? shape.from : after, parser: (cells) => new ArrayParser(names.length, cells) };
}

class OpenJson implements TableFile {
  readonly name: string;
  readonly size: number | undefined;
  readonly names: readonly string[];
  readonly numberFormats = ['point'] as const;
  readonly #bytes: SourceBytes;
  readonly #shape: Rows;
  readonly #known: Known;
  /** Whether the first row is not the first element. */
  readonly #headed: boolean;
  #ofText: Warning | undefined;
  #repeated: Warning | undefined;
  #isPlain = false;

  constructor(bytes: SourceBytes, shape: Rows, known: Known) {
    this.name = bytes.name;
    this.size = bytes.size;
    this.names = known.names;
    this.#bytes = bytes;
    this.#shape = shape;
    this.#known = known;
    this.#headed = known.from !== shape.from;
  }

  warnings(): Warning[] {
    return [this.#ofText, ...this.#known.warnings, this.#repeated].filter((found) => found !== undefined);
  }

  close(): Promise<void> {
    return this.#bytes.close();
  }

  async *batches(readings?: readonly Reading[], after?: Position): AsyncGenerator<SourceBatch, void> {
    const at = after?.byte !== undefined && after.line !== undefined ? (after as Required<Position>) : undefined;
    const input = new JsonInput(this.#bytes, at ?? this.#known.from, at !== undefined);
    const cells = new CellsOut(rowsPerBatch(this.names.length), this.names);
    const lines = new Int32Array(cells.size);
    const parser = this.#known.parser(cells);
    const elements = new Elements(input, this.#shape.within !== 'lines', !at && !this.#headed);
    let before = at?.row ?? 0;
    const read = (cursor: JsonCursor): void => {
      cursor.row = before + cells.rows + 1;
      lines[cells.rows] = cursor.line;
      cells.begin();
      parser.row(cursor);
      cells.finish();
    };
    try {
      for (let more = true; more; ) {
        more = await elements.read(read, () => cells.rows === cells.size || (cells.rows > 0 && cells.out.length > bytesPerBatch));
        before += cells.rows;
        if (cells.rows > 0 && before > (after?.row ?? 0)) yield this.#batch(cells, lines, before, input.position, readings);
        cells.clear();
      }
      if (before === 0) throw noRows(this.name, this.names.length);
      await input.drain();
    } finally {
      await input.close();
    }
    this.#ofText = input.reader.warning ?? this.#ofText;
    this.#isPlain = input.reader.isPlain;
    if (cells.repeated) this.#repeated ??= repeatedName(this.name, cells.repeated);
  }

  #batch(cells: CellsOut, lines: Int32Array, row: number, place: JsonPosition, readings?: readonly Reading[]): SourceBatch {
    const { out, starts, ends, rows } = cells;
    const batch = new CellBatch(out.data, starts, ends, rows, this.names.length, false);
    return {
      rows,
      columns: this.names.map((_, index) => batch.read(index, readings?.[index] ?? { as: 'guess' })),
      firstRow: row - rows + 1,
      lines: lines.subarray(0, rows),
      bytes: this.#bytes.bytesRead,
      after: this.#isPlain ? { row, ...place } : { row },
    };
  }
}

const repeatedName = (file: string, { row, line, column }: NonNullable<CellsOut['repeated']>): Warning => ({
  code: 'repeated-name',
  message: `${file}, line ${line} (row ${row}): "${column}" is there twice; the last one counts.`,
  advice: 'Look at that row in the preview.',
  place: { file, row, line, column },
});
