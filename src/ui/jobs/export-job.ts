/** Writing rows out as a file, as the page follows it; the pieces become a Blob, which the browser may keep on disk. */
import type { ExportFormat, ExportPiece } from '../../data/datasets.js';
import { bytes, counted } from '../format.js';
import { Job } from './job.js';

/** What is written: a table, or a log. */
export interface Exported {
  /** Its page, which tells it from all others. */
  route: string;
  /** Becomes the file's. */
  name: string;
  rows: number;
  write(format: ExportFormat, signal: AbortSignal): AsyncGenerator<ExportPiece, { rows: number; bytes: number }>;
}

export class ExportJob extends Job<ExportPiece, { rows: number; bytes: number }> {
  readonly title: string;
  readonly format: ExportFormat;
  readonly #exported: Exported;
  readonly #pieces: Blob[] = [];
  #written = 0;
  #latest: ExportPiece | undefined;

  constructor(exported: Exported, format: ExportFormat) {
    super();
    this.#exported = exported;
    this.format = format;
    this.title = `Writing ${this.fileName}`;
  }

  get fileName(): string {
    const safe = this.#exported.name.replace(/[^\p{L}\p{N} ._-]+/gu, '-').replace(/^[.-]+/, '') || 'table';
    return `${safe}.${this.format}`;
  }

  /** Once it is finished. Given once: jobs are kept as long as the page is. */
  takeFile(): Blob {
    return new Blob(this.#pieces.splice(0));
  }

  override get progress(): number | undefined {
    return this.#latest && this.#latest.rows / Math.max(1, this.#exported.rows);
  }

  override get secondsLeft(): number | undefined {
    return this.#latest?.secondsLeft;
  }

  override get detail(): string {
    return this.#latest ? `${counted(this.#latest.rows, 'row')} · ${bytes(this.#written)}` : 'Beginning';
  }

  override get route(): string {
    return this.#exported.route;
  }

  protected override start(signal: AbortSignal): AsyncGenerator<ExportPiece, { rows: number; bytes: number }> {
    return this.#exported.write(this.format, signal);
  }

  protected override take(piece: ExportPiece): void {
    this.#latest = piece;
    this.#written += piece.bytes.length;
    this.#pieces.push(new Blob([piece.bytes as Uint8Array<ArrayBuffer>]));
  }
}
