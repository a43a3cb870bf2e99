/** Writing a dataset out as a file, as the page follows it; the pieces become a Blob, which the browser may keep on disk. */
import type { Datasets, ExportFormat, ExportPiece } from '../../data/datasets.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import { bytes, counted } from '../format.js';
import { Job } from './job.js';

export class ExportJob extends Job<ExportPiece, { rows: number; bytes: number }> {
  readonly title: string;
  readonly dataset: DatasetRecord;
  readonly format: ExportFormat;
  readonly #datasets: Datasets;
  readonly #pieces: Blob[] = [];
  #written = 0;
  #latest: ExportPiece | undefined;

  constructor(datasets: Datasets, dataset: DatasetRecord, format: ExportFormat) {
    super();
    this.#datasets = datasets;
    this.dataset = dataset;
    this.format = format;
    this.title = `Writing ${this.fileName}`;
  }

  get fileName(): string {
    const safe = this.dataset.name.replace(/[^\p{L}\p{N} ._-]+/gu, '-').replace(/^[.-]+/, '') || 'table';
    return `${safe}.${this.format}`;
  }

  /** Once it is finished. Given once: jobs are kept as long as the page is. */
  takeFile(): Blob {
    return new Blob(this.#pieces.splice(0));
  }

  override get progress(): number | undefined {
    return this.#latest && this.#latest.rows / Math.max(1, this.dataset.rows);
  }

  override get secondsLeft(): number | undefined {
    return this.#latest?.secondsLeft;
  }

  override get detail(): string {
    return this.#latest ? `${counted(this.#latest.rows, 'row')} · ${bytes(this.#written)}` : 'Beginning';
  }

  override get route(): string {
    return `#/data/${this.dataset.id}`;
  }

  protected override start(signal: AbortSignal): AsyncGenerator<ExportPiece, { rows: number; bytes: number }> {
    return this.#datasets.export(this.dataset.id, this.format, signal);
  }

  protected override take(piece: ExportPiece): void {
    this.#latest = piece;
    this.#written += piece.bytes.length;
    this.#pieces.push(new Blob([piece.bytes as Uint8Array<ArrayBuffer>]));
  }
}
