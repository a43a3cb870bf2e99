/**
 * Writes what a server was asked and answered into its store. Adding costs a caller nothing: rows gather in memory, and are written together a
 * little later. If the store fails they are lost, and callers are answered as before.
 */
import { timestamp } from '../../base/clock.js';
import type { TableChunk } from '../../data/table.js';
import { type LogForm, type LogRecord, type LogSettings, usualLog } from '../../spec/prediction-log.js';
import type { Store } from '../../storage/store.js';
import { chunkOf, formOf, outcomesChunk } from './columns.js';
import { notDeleted } from './deletions.js';
import { changeLog, withinBounds, withOutcomes, withRows } from './keep.js';
import type { LoggedRequest, Outcome } from './prediction.js';

export interface PredictionLogParts {
  store: Store;
  /** Of each served model; of one without settings nothing is kept. Default: the usual ones for all. */
  settings?(name: string): LogSettings | undefined;
  /** Milliseconds since 1970. */
  now?(): number;
  /** Milliseconds from the first row that waits until all that wait are written. */
  wait?: number;
}

/** Rows that wait to be written, or are being written; more are lost. */
const mostWaiting = 20_000;

/** What a row may tell is settled when it is asked; whether it is kept at all, when it is written. */
type WaitingRequest = LoggedRequest & Pick<LogSettings, 'inputs'>;

interface Waiting {
  requests: WaitingRequest[];
  outcomes: (Outcome & { time: number })[];
}

export class PredictionLog {
  readonly #settings: (name: string) => LogSettings | undefined;
  readonly #store: Store;
  readonly #now: () => number;
  readonly #wait: number;
  #waiting = new Map<string, Waiting>();
  #count = 0;
  #lost = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor({ store, settings = () => usualLog, now = timestamp, wait = 1_000 }: PredictionLogParts) {
    this.#settings = settings;
    this.#store = store;
    this.#now = now;
    this.#wait = wait;
  }

  /** Rows that came faster than they could be written, or could not be. */
  get lost(): number {
    return this.#lost;
  }

  /** Whether anything is kept of what this model is asked. */
  keeps(name: string): boolean {
    return this.#settings(name) !== undefined;
  }

  add(request: Omit<LoggedRequest, 'time'>): void {
    const settings = this.#settings(request.name);
    if (!settings || !this.#takes(request.rows.length)) return;
    const { inputs } = settings;
    const rows = inputs === 'none' ? request.rows.map(() => ({})) : request.rows;
    this.#waitingOf(request.name).requests.push({ ...request, rows, inputs, time: this.#now() });
  }

  /** What came of earlier requests to a served model. */
  outcomes(name: string, outcomes: readonly Outcome[]): void {
    if (!this.keeps(name) || !this.#takes(outcomes.length)) return;
    const time = this.#now();
    this.#waitingOf(name).outcomes.push(...outcomes.map((outcome) => ({ ...outcome, time })));
  }

  /** Settles when all that was added so far is written, or lost. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = new Map();
    this.#writing = this.#writing.then(async () => {
      for (const [name, each] of waiting) {
        await this.#write(name, each).catch(() => {
          this.#lost += rowsOf(each);
        });
        this.#count -= rowsOf(each);
      }
    });
    return this.#writing;
  }

  close(): Promise<void> {
    return this.flush();
  }

  #takes(rows: number): boolean {
    if (this.#count + rows > mostWaiting) {
      this.#lost += rows;
      return false;
    }
    this.#count += rows;
    this.#timer ??= setTimeout(() => void this.flush(), this.#wait);
    return true;
  }

  #waitingOf(name: string): Waiting {
    const waiting = this.#waiting.get(name) ?? { requests: [], outcomes: [] };
    this.#waiting.set(name, waiting);
    return waiting;
  }

  async #write(name: string, { requests, outcomes }: Waiting): Promise<void> {
    const settings = this.#settings(name);
    if (!settings) return;
    await changeLog(this.#store, name, async (stored) => {
      let record: LogRecord = stored ?? { kind: 'log', id: name, created: this.#now(), forms: [], chunks: [], outcomes: [], dropped: 0 };
      for (const { form, chunk } of await this.#chunks(await notDeleted(record, requests)))
        record = await withRows(this.#store, record, form, chunk, settings);
      record = await withOutcomes(this.#store, record, outcomesChunk(await notDeleted(record, outcomes)), settings);
      return withinBounds(record, settings, this.#now());
    });
  }

  /** The rows of each form. */
  async #chunks(requests: readonly WaitingRequest[]): Promise<{ form: LogForm; chunk: TableChunk }[]> {
    const forms = new Map<string, { form: LogForm; requests: WaitingRequest[] }>();
    for (const request of requests) {
      const { version, subject, inputs, rows } = request;
      if (rows.length === 0) continue;
      const key = `${version}/${subject.id}/${inputs}`;
      const found = forms.get(key) ?? { form: formOf(version, subject, inputs), requests: [] };
      found.requests.push(request);
      forms.set(key, found);
    }
    const parts: { form: LogForm; chunk: TableChunk }[] = [];
    for (const { form, requests: own } of forms.values()) parts.push({ form, chunk: await chunkOf(own, form, own[0].inputs) });
    return parts;
  }
}

const rowsOf = ({ requests, outcomes }: Waiting): number => requests.reduce((sum, { rows }) => sum + rows.length, outcomes.length);
