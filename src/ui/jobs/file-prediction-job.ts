/** Predictions for a whole file, as the page follows them: the CSV grows outside the JavaScript heap. */
import type { Source } from '../../data/source.js';
import type { FilePrediction, Models } from '../../infer/models.js';
import { counted } from '../format.js';
import { Job } from './job.js';
import type { Jobs } from './jobs.js';

export class FilePredictionJob extends Job<FilePrediction, { rows: number }> {
  readonly title: string;
  readonly fileName: string;
  readonly model: string;
  #latest: FilePrediction | undefined;
  #csv = new Blob([], { type: 'text/csv' });
  readonly #models: Models;
  readonly #source: Source;

  constructor(models: Models, model: string, source: Exclude<Source, { kind: 'url' }>) {
    super();
    this.#models = models;
    this.#source = source;
    this.model = model;
    this.fileName = source.name;
    this.title = `Predicting ${source.name}`;
  }

  /** The CSV so far; all of it once the job has finished. */
  get csv(): Blob {
    return this.#csv;
  }

  override get progress(): number | undefined {
    return this.#latest?.size ? Math.min(1, this.#latest.bytes / this.#latest.size) : undefined;
  }

  override get secondsLeft(): number | undefined {
    return this.#latest?.secondsLeft;
  }

  override get detail(): string {
    return counted(this.result?.rows ?? this.#latest?.rows ?? 0, 'row');
  }

  override get route(): string {
    return `#/models/${this.model}`;
  }

  protected override start(signal: AbortSignal): AsyncGenerator<FilePrediction, { rows: number }> {
    return this.#models.predictFile(this.model, this.#source, signal);
  }

  protected override take(event: FilePrediction): void {
    // A Blob of Blobs: the browser may keep the pieces on disk.
    if (event.csv) this.#csv = new Blob([this.#csv, event.csv], { type: 'text/csv' });
    this.#latest = { ...event, csv: '' };
  }
}

/** Every file prediction with a model that was not cancelled, oldest first. */
export const filePredictions = (jobs: Jobs, model: string): FilePredictionJob[] =>
  jobs.of(FilePredictionJob).filter((job) => job.model === model && job.state !== 'cancelled');
