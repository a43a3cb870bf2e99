/** Logs as records of a store. What a server has not written yet is not there: `PredictionLog.flush` writes it. */
import { timestamp } from '../../base/clock.js';
import { InputError } from '../../base/errors.js';
import { decodeChunk } from '../../data/chunks.js';
import { textAt } from '../../data/columns/text.js';
import type { ExportFormat } from '../../data/datasets.js';
import { exportRows } from '../../data/export/export.js';
import { chosenRows } from '../../data/rows-of.js';
import type { TableChunk, TextColumn } from '../../data/table.js';
import type { LogChunk, LogRecord } from '../../spec/prediction-log.js';
import { namedRefs } from '../../storage/records.js';
import type { Store } from '../../storage/store.js';
import { withDeletion } from './deletions.js';
import { hashOfUnit } from './fields.js';
import { changeLog, putChunk, rowsOf } from './keep.js';
import type { LogSummary, Logs } from './logs.js';
import { readLog } from './read.js';

export class StoredLogs implements Logs {
  readonly #store: Store;
  readonly #now: () => number;

  constructor(store: Store, now = timestamp) {
    this.#store = store;
    this.#now = now;
  }

  async list(): Promise<LogSummary[]> {
    return (await this.#store.list('log')).filter(hasContent).map(summaryOf);
  }

  async get(name: string): Promise<LogSummary> {
    return summaryOf(await logNamed(this.#store, name));
  }

  async *export(name: string, format: ExportFormat, { version }: { version?: number } = {}, signal?: AbortSignal) {
    const record = await logNamed(this.#store, name);
    const { fields, chunks } = await readLog(this.#store, record, { version }, signal);
    return yield* exportRows({ name, fields, rows: rowsOf(record.chunks), chunks }, format, signal);
  }

  async remove(name: string, only?: { unit: string }): Promise<number> {
    if (only) return this.#removeUnit(name, await hashOfUnit(only.unit));
    await logNamed(this.#store, name);
    let removed = 0;
    await changeLog(this.#store, name, async (stored) => {
      if (!stored) return undefined;
      removed = rowsOf(stored.chunks);
      return withDeletion({ ...stored, forms: [], chunks: [], outcomes: [], dropped: 0 }, this.#now());
    });
    return removed;
  }

  async #removeUnit(name: string, unit: string): Promise<number> {
    await logNamed(this.#store, name);
    let removed = 0;
    await changeLog(this.#store, name, async (stored) => {
      if (!stored) return undefined;
      const ids = new Set<string>();
      const chunks: LogChunk[] = [];
      for (const chunk of stored.chunks) {
        const place = (column: string): number => stored.forms[chunk.form].fields.findIndex(({ name: each }) => each === column);
        const [units, own] = [place('unit'), place('id')];
        const without = await this.#without(chunk, ({ columns }, row) => {
          if (textAt(columns[units] as TextColumn, row) !== unit) return false;
          ids.add(textAt(columns[own] as TextColumn, row) ?? '');
          return true;
        });
        if (without) chunks.push(without);
      }
      removed = rowsOf(stored.chunks) - rowsOf(chunks);
      const outcomes: LogChunk[] = [];
      for (const chunk of stored.outcomes) {
        const without = await this.#without(chunk, ({ columns: [id] }, row) => ids.has(textAt(id as TextColumn, row) ?? ''));
        if (without) outcomes.push(without);
      }
      return withDeletion({ ...stored, chunks, outcomes }, this.#now(), unit);
    });
    return removed;
  }

  /** The same chunk where no row goes; nothing where all do. */
  async #without(chunk: LogChunk, goes: (table: TableChunk, row: number) => boolean): Promise<LogChunk | undefined> {
    const table = decodeChunk(await this.#store.getChunk(chunk.ref));
    const kept = Array.from({ length: table.rows }, (_, row) => row).filter((row) => !goes(table, row));
    if (kept.length === table.rows) return chunk;
    return kept.length === 0 ? undefined : putChunk(this.#store, chosenRows({ ...table, names: [] }, Uint32Array.from(kept)), chunk.form);
  }
}

export async function logNamed(store: Store, name: string): Promise<LogRecord> {
  const record = await store.get('log', name);
  if (record && hasContent(record)) return record;
  throw new InputError('unknown-log', `Nothing is logged of "${name}".`, {
    advice: 'Ask the served model something first.',
    place: { log: name },
  });
}

/** Without it, only deletions are remembered. */
const hasContent = ({ chunks, outcomes, dropped }: LogRecord): boolean => chunks.length + outcomes.length + dropped > 0;

function summaryOf(record: LogRecord): LogSummary {
  const { chunks, outcomes, forms, dropped } = record;
  const used = new Set(chunks.map(({ form }) => forms[form].version));
  return {
    name: record.id,
    rows: rowsOf(chunks),
    outcomes: rowsOf(outcomes),
    bytes: namedRefs(record).reduce((sum, { bytes }) => sum + bytes, 0),
    dropped,
    versions: [...used].sort((one, other) => one - other),
    ...(chunks.length > 0 ? { from: Math.min(...chunks.map(({ from }) => from)), to: Math.max(...chunks.map(({ to }) => to)) } : {}),
  };
}
