/** A column of a table read as another type. */
import type { Datasets, ImportProgress } from '../../data/datasets.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import type { FieldType } from '../../spec/field-type.js';
import { counted } from '../format.js';
import { typeWords } from '../words.js';
import { Job } from './job.js';

export class RetypeJob extends Job<ImportProgress, DatasetRecord> {
  readonly title: string;
  readonly #datasets: Datasets;
  readonly #dataset: DatasetRecord;
  readonly #types: Record<string, FieldType>;
  #latest: ImportProgress | undefined;

  constructor(datasets: Datasets, dataset: DatasetRecord, column: string, type: FieldType) {
    super();
    this.#datasets = datasets;
    this.#dataset = dataset;
    this.#types = Object.fromEntries([[column, type]]);
    this.title = `Reading ${column} as ${typeWords[type]}`;
  }

  override get progress(): number | undefined {
    return this.#latest?.share;
  }

  override get secondsLeft(): number | undefined {
    return this.#latest?.secondsLeft;
  }

  override get detail(): string {
    return this.#latest ? counted(this.#latest.rows, 'row') : 'Beginning';
  }

  override get route(): string {
    return `#/data/${this.#dataset.id}`;
  }

  protected override start(signal: AbortSignal): AsyncGenerator<ImportProgress, DatasetRecord> {
    return this.#datasets.retype(this.#dataset.id, this.#types, signal);
  }

  protected override take(event: ImportProgress): void {
    this.#latest = event;
  }
}
