/** A model that comes in, from a file or an address, as the page follows it. */
import type { AnyModelRecord, ModelDownload, Models } from '../../infer/models.js';
import { bytes } from '../format.js';
import { Job } from './job.js';

/** Files of one model, or an address with what its file's SHA-256 has to be. */
export type ModelSource = { files: File[] } | { address: string; sha256?: string };

export class ModelImportJob extends Job<ModelDownload, AnyModelRecord> {
  readonly title: string;
  readonly #models: Models;
  readonly #source: ModelSource;
  #latest: ModelDownload | undefined;

  constructor(models: Models, source: ModelSource) {
    super();
    this.#models = models;
    this.#source = source;
    this.title = `Reading ${'files' in source ? source.files.map(({ name }) => name).join(', ') : source.address}`;
  }

  override get progress(): number | undefined {
    return this.#latest?.size ? Math.min(1, this.#latest.bytes / this.#latest.size) : undefined;
  }

  override get secondsLeft(): number | undefined {
    return this.#latest?.secondsLeft;
  }

  override get detail(): string {
    return this.#latest ? bytes(this.#latest.bytes) : '';
  }

  override get makesSomethingOwn(): boolean {
    return true;
  }

  override get route(): string {
    if (!this.result) return '#/models';
    const { kind, id } = this.result;
    return kind === 'model' ? `#/models/${id}` : `#/tensors/${id}`;
  }

  protected override start(signal: AbortSignal): AsyncGenerator<ModelDownload, AnyModelRecord> {
    return 'files' in this.#source
      ? wholeFiles(this.#models, this.#source.files)
      : this.#models.importFrom(this.#source.address, { sha256: this.#source.sha256 }, signal);
  }

  protected override take(event: ModelDownload): void {
    this.#latest = event;
  }
}

// biome-ignore lint/correctness/useYield: read in one go
async function* wholeFiles(models: Models, files: File[]): AsyncGenerator<ModelDownload, AnyModelRecord> {
  return await models.import(files);
}
