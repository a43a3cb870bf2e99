/** Texts, one a file, in a folder for each class: a table of text, label, part and file, as pictures are. */

import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import { InputError } from '../../base/errors.js';
import { joinedBytes } from '../../base/joined.js';
import type { Warning } from '../../spec/dataset.js';
import type { FieldType } from '../../spec/field-type.js';
import { meaningOf, type PathMeaning, withoutCommonFolder } from '../pictures/paths.js';
import { bytesPerBatch } from '../sources/batches.js';
import { openSource } from '../sources/bytes.js';
import { CellGatherer } from '../sources/cells-file.js';
import { TextReader } from '../sources/decode.js';

import { longestCell } from '../sources/row-errors.js';
import type { Position, Reading, SourceBatch, TableFile } from '../sources/table-file.js';
import { type CollectionFile, sourceOf } from './collection-file.js';

interface TextFile {
  path: string;
  file: CollectionFile;
  meaning: PathMeaning;
}

/** @param left files that are no texts or cannot be read */
export function openTexts(name: string, files: readonly CollectionFile[], left: number, signal?: AbortSignal): TableFile {
  const paths = withoutCommonFolder(files.map(({ path }) => path));
  return new TextsTable(
    name,
    files.map((file, index) => ({ file, path: paths[index], meaning: meaningOf(paths[index]) })),
    left,
    signal,
  );
}

class TextsTable implements TableFile {
  readonly name: string;
  readonly size: number;
  readonly names: readonly string[];
  readonly declared: readonly (FieldType | undefined)[];
  readonly numberFormats = ['point'] as const;
  readonly #files: readonly TextFile[];
  readonly #left: number;
  readonly #signal: AbortSignal | undefined;
  readonly #cut = new Set<string>();

  constructor(name: string, files: readonly TextFile[], left: number, signal?: AbortSignal) {
    this.name = name;
    this.size = files.reduce((sum, { file }) => sum + file.size, 0);
    this.#files = files;
    this.#left = left;
    this.#signal = signal;
    const label = files.some(({ meaning }) => meaning.label !== undefined);
    const part = files.some(({ meaning }) => meaning.part !== undefined);
    this.names = ['text', ...(label ? ['label'] : []), ...(part ? ['part'] : []), 'file'];
    this.declared = this.names.map((each) => (each === 'text' ? 'text' : each === 'file' ? 'identifier' : 'category'));
  }

  warnings(): Warning[] {
    const place = { file: this.name };
    const warnings: Warning[] = [];
    const [first] = this.#cut;
    if (first !== undefined) {
      warnings.push({
        code: 'texts-cut',
        message: `${this.#cut.size} texts have more than ${longestCell} characters and were cut there, the first being ${first}.`,
        advice: 'Divide them into several files.',
        place: { file: first },
      });
    }
    if (this.#left > 0) {
      const advice = 'Files that end in .txt are read; where there are none, all that hold text.';
      warnings.push({
        code: 'files-skipped',
        message: `${this.#left} files of ${this.name} are no texts, or cannot be read, and were left out.`,
        advice,
        place,
      });
    }
    return warnings;
  }

  async close(): Promise<void> {}

  async *batches(readings?: readonly Reading[], after?: Position): AsyncGenerator<SourceBatch, void> {
    const done = after?.row ?? 0;
    const gathered = new CellGatherer(this.names.length, readings, done);
    let [bytes, held] = [0, 0];
    for (const [index, { path, file, meaning }] of this.#files.entries()) {
      throwIfAborted(this.#signal);
      bytes += file.size;
      if (index < done) continue;
      // Texts are as a whole one cell, with its line ends: what says "no value" in a table is a text here.
      const text = readings?.[0].as === 'skip' ? '' : await this.#textOf(file, path);
      for (const [column, name] of this.names.entries()) {
        gathered.set(column, name === 'text' ? text : name === 'file' ? path : meaning[name as 'label' | 'part']);
      }
      gathered.end(text.length);
      held += text.length;
      if (gathered.isFull || held > bytesPerBatch) {
        yield gathered.take(bytes);
        held = 0;
      }
      if (index % 64 === 0) await yieldToEventLoop();
    }
    if (gathered.rows > 0) yield gathered.take(bytes);
  }

  async #textOf(file: CollectionFile, path: string): Promise<string> {
    const opened = await openSource(sourceOf(file, path), { readBuiltin: noBuiltin, ...(this.#signal ? { signal: this.#signal } : {}) });
    try {
      const reader = new TextReader(path, opened.start);
      if (reader.encoding === 'utf-8' && opened.start.includes(0)) throw noText(path);
      const pieces: Uint8Array[] = [];
      let length = 0;
      for await (const piece of opened.pieces()) {
        pieces.push(reader.utf8(piece, false).slice());
        length += pieces[pieces.length - 1].length;
        if (length > 4 * longestCell) break;
      }
      const text = decoder.decode(joinedBytes(pieces));
      if (text.length <= longestCell) return text;
      this.#cut.add(path);
      return text.slice(0, longestCell);
    } finally {
      await opened.close();
    }
  }
}

const decoder = new TextDecoder();

const noBuiltin = (): never => {
  throw new TypeError('A file is no built-in.');
};

const noText = (file: string): InputError =>
  new InputError('not-a-text', `${file} is binary data, not a text.`, { advice: 'Take it away, or save it as a text.', place: { file } });
