/** Pictures as chunks of columns, in bounded memory, and what is known of them at the end. */

import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import { milliseconds } from '../../base/clock.js';
import { compareTexts } from '../../base/texts.js';
import type { Warning } from '../../spec/dataset.js';
import type { Field } from '../../spec/field.js';
import { textColumn } from '../columns/text.js';
import type { ReadEvent, ReadResult } from '../read.js';
import type { Column, TableChunk } from '../table.js';
import { columnNames, type PictureItem, type PictureSource } from './item.js';

const mostInChunk = 2048;
const chunkBytes = 2 ** 21;
/** Milliseconds that the thread is kept at most. */
const longestBlock = 20;

export async function* readPictures(source: PictureSource, signal?: AbortSignal): AsyncGenerator<ReadEvent, ReadResult> {
  const { size, has } = source;
  const length = size.height * size.width * size.channels;
  const perChunk = Math.max(1, Math.min(mostInChunk, Math.floor(chunkBytes / length)));
  const summary = new Summary(has);
  let waiting: PictureItem[] = [];
  let rows = 0;
  let bytes = 0;
  let since = milliseconds();
  const share = (): number => (source.bytes ? Math.min(1, bytes / source.bytes) : 0);
  for await (const item of source.items) {
    waiting.push(item);
    summary.add(item);
    rows += 1;
    bytes = item.bytes;
    if (waiting.length === perChunk) {
      yield { kind: 'chunk', chunk: chunkOf(waiting, source, length), rows, share: share() };
      waiting = [];
    }
    if (milliseconds() - since > longestBlock) {
      yield { kind: 'progress', rows, bytes, size: source.bytes, share: share() };
      await yieldToEventLoop();
      throwIfAborted(signal);
      since = milliseconds();
    }
  }
  if (waiting.length > 0) yield { kind: 'chunk', chunk: chunkOf(waiting, source, length), rows, share: 1 };
  const fields = summary.fields(source);
  return { name: source.name, rows, bytes, fields, warnings: [...source.warnings(), ...summary.warnings()] };
}

function chunkOf(items: readonly PictureItem[], { size, has }: PictureSource, length: number): TableChunk {
  const pixels = new Uint8Array(items.length * length);
  for (const [index, item] of items.entries()) pixels.set(item.pixels, index * length);
  const columns: Column[] = [{ kind: 'picture', size, pixels }];
  for (const name of ['label', 'part', 'file'] as const) if (has[name]) columns.push(textColumn(items.map((item) => item[name])));
  return { rows: items.length, columns };
}

class Summary {
  readonly #pictures = new Set<string>();
  readonly #labels = new Map<string, number>();
  readonly #parts = new Map<string, number>();
  #rows = 0;
  #unlabelled = 0;

  constructor(readonly has: PictureSource['has']) {}

  add({ pixels, label, part }: PictureItem): void {
    this.#rows += 1;
    this.#pictures.add(fingerprint(pixels));
    if (label === undefined) this.#unlabelled += 1;
    else this.#labels.set(label, (this.#labels.get(label) ?? 0) + 1);
    if (part !== undefined) this.#parts.set(part, (this.#parts.get(part) ?? 0) + 1);
  }

  fields({ size, has }: PictureSource): Field[] {
    const { height, width, channels } = size;
    const colours = channels === 1 ? 'grey' : 'in colour';
    const reason = `Pictures of ${height} × ${width} pixels, ${colours}.`;
    const fields: Field[] = [
      { name: columnNames.picture, type: 'picture', missing: 0, distinct: this.#pictures.size, reason, picture: size },
    ];
    if (has.label) fields.push(category(columnNames.label, this.#labels, this.#unlabelled, 'The class that each picture came with.'));
    if (has.part) {
      const missing = this.#rows - [...this.#parts.values()].reduce((sum, count) => sum + count, 0);
      fields.push(category(columnNames.part, this.#parts, missing, 'The part that each picture came in.'));
    }
    if (has.file) {
      fields.push({ name: columnNames.file, type: 'identifier', missing: 0, distinct: this.#rows, reason: 'The path of each picture.' });
    }
    return fields;
  }

  warnings(): Warning[] {
    const repeated = this.#rows - this.#pictures.size;
    if (repeated === 0) return [];
    return [
      {
        code: 'duplicate-pictures',
        message: `${repeated} of ${this.#rows} pictures ${repeated === 1 ? 'is' : 'are'} the same as another one, pixel by pixel.`,
        advice: 'A picture in training and in test at once makes a model look better than it is.',
        place: { column: columnNames.picture },
      },
    ];
  }
}

const mostTop = 20;

function category(name: string, counts: ReadonlyMap<string, number>, missing: number, reason: string): Field {
  const top = [...counts].sort((a, b) => b[1] - a[1] || compareTexts(a[0], b[0])).slice(0, mostTop);
  return { name, type: 'category', missing, distinct: counts.size, reason, top: top.map(([value, count]) => ({ value, count })) };
}

/** Two hashes of 32 bits (FNV-1a, and the same with another beginning and a rotation): equal for equal pictures, and hardly ever else. */
function fingerprint(pixels: Uint8Array): string {
  let one = 0x811c9dc5;
  let other = 0x9747b28c;
  for (const value of pixels) {
    one = Math.imul(one ^ value, 0x01000193);
    other = Math.imul(((other << 5) | (other >>> 27)) ^ value, 0x85ebca6b);
  }
  return `${one} ${other}`;
}
