/** Looking whether a copy from a lake is still what lies there, and reading what has changed. */
import type { Lake, LakeImportProgress } from '../../data/lake/lake.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import { bytes, counted } from '../format.js';
import { Job } from './job.js';

export class LakeRefreshJob extends Job<LakeImportProgress, DatasetRecord> {
  readonly title: string;
  readonly dataset: DatasetRecord;
  readonly #lake: Lake;
  #latest: LakeImportProgress | undefined;

  constructor(lake: Lake, dataset: DatasetRecord) {
    super();
    this.#lake = lake;
    this.dataset = dataset;
    this.title = `Looking at ${dataset.name}`;
  }

  override get progress(): number | undefined {
    return this.#latest?.share;
  }

  override get secondsLeft(): number | undefined {
    return this.#latest?.secondsLeft;
  }

  override get detail(): string {
    return this.#latest ? `${counted(this.#latest.rows, 'row')} · ${bytes(this.#latest.bytesRead)}` : 'Reading the footers';
  }

  override get route(): string {
    return `#/data/${this.result?.id ?? this.dataset.id}`;
  }

  protected override start(signal: AbortSignal): AsyncGenerator<LakeImportProgress, DatasetRecord> {
    return this.#lake.refresh(this.dataset.id, undefined, signal);
  }

  protected override take(event: LakeImportProgress): void {
    this.#latest = event;
  }
}
