/** One import of rows, as the page follows it. */
import type { Datasets, ImportProgress } from '../../data/datasets.js';
import type { Source } from '../../data/source.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import { bytes, counted } from '../format.js';
import { Job } from './job.js';

const nameOf = (source: Source): string => (source.kind === 'url' ? source.url : source.name);

export class ImportJob extends Job<ImportProgress, DatasetRecord> {
  readonly title: string;
  readonly source: Source;
  #latest: ImportProgress | undefined;
  readonly #datasets: Datasets;

  constructor(datasets: Datasets, source: Source) {
    super();
    this.#datasets = datasets;
    this.source = source;
    this.title = `Reading ${nameOf(source)}`;
  }

  override get progress(): number | undefined {
    return this.#latest?.share;
  }

  override get secondsLeft(): number | undefined {
    return this.#latest?.secondsLeft;
  }

  override get detail(): string {
    if (!this.#latest) return 'Opening';
    const { stage, rows } = this.#latest;
    return `${stage === 'learning' ? 'Learning what it holds' : 'Keeping it'}: ${counted(rows, 'row')} · ${bytes(this.#latest.bytes)}`;
  }

  override get route(): string {
    return this.result ? `#/data/${this.result.id}` : '#/';
  }

  protected override start(signal: AbortSignal): AsyncGenerator<ImportProgress, DatasetRecord> {
    return this.#datasets.import(this.source, undefined, signal);
  }

  protected override take(event: ImportProgress): void {
    this.#latest = event;
  }
}
