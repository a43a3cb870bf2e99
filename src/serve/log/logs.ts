/** Logs of what served models were asked and answered: read, taken out, and deleted. */
import type { ExportFormat, ExportPiece } from '../../data/datasets.js';

export interface LogSummary {
  /** Of the served model. */
  name: string;
  rows: number;
  outcomes: number;
  bytes: number;
  /** Rows that made room for others, or grew too old. */
  dropped: number;
  versions: number[];
  /** Milliseconds since 1970 of the oldest and the newest row; undefined of none. */
  from?: number;
  to?: number;
}

export interface Logs {
  list(): Promise<LogSummary[]>;
  /** @throws InputError `unknown-log` */
  get(name: string): Promise<LogSummary>;
  /** A file of all rows with their outcomes, or of those of one version. @throws InputError `unknown-log`, `unknown-format`; AbortError */
  export(
    name: string,
    format: ExportFormat,
    only?: { version?: number },
    signal?: AbortSignal,
  ): AsyncGenerator<ExportPiece, { rows: number; bytes: number }>;
  /** All of it, or what one caller asked, with its outcomes. Answers the rows that went. @throws InputError `unknown-log` */
  remove(name: string, only?: { unit: string }): Promise<number>;
}
