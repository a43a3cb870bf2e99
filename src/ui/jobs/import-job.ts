/** One import of rows, as the page follows it. */
import type { Datasets, ImportProgress } from '../../data/datasets.js';
import type { Source } from '../../data/source.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import { bytes, counted } from '../format.js';
import { Job } from './job.js';

const nameOf = (source: Source): string => (source.kind === 'url' ? source.url : source.name);

export interface ImportJobOptions {
  /** The dataset that gets a new version, and whether its rows stay before those that are read. */
  into?: DatasetRecord;
  append?: boolean;
  /** Although there seems to be too little room. */
  evenIfFull?: boolean;
}

export class ImportJob extends Job<ImportProgress, DatasetRecord> {
  readonly title: string;
  readonly source: Source;
  readonly options: ImportJobOptions;
  #latest: ImportProgress | undefined;
  readonly #datasets: Datasets;

  constructor(datasets: Datasets, source: Source, options: ImportJobOptions = {}) {
    super();
    this.#datasets = datasets;
    this.source = source;
    this.options = options;
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

  override get makesSomethingOwn(): boolean {
    return this.source.kind !== 'builtin';
  }

  override get route(): string {
    const id = this.result?.id ?? this.options.into?.id;
    return id === undefined ? '#/' : `#/data/${id}`;
  }

  protected override start(signal: AbortSignal): AsyncGenerator<ImportProgress, DatasetRecord> {
    const { into, append, evenIfFull } = this.options;
    if (into) return this.#datasets.revise(into.id, this.source, { append, evenIfFull }, signal);
    return this.#datasets.import(this.source, { evenIfFull }, signal);
  }

  protected override take(event: ImportProgress): void {
    this.#latest = event;
  }
}
