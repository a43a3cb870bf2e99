/** One copy from a lake, as the page follows it. */
import type { Lake, LakeDescription, LakeImportProgress } from '../../data/lake/lake.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import type { LakeQuery } from '../../spec/lake.js';
import { bytes, counted } from '../format.js';
import { Job } from './job.js';

export class LakeImportJob extends Job<LakeImportProgress, DatasetRecord> {
  readonly title: string;
  readonly #lake: Lake;
  readonly #from: LakeDescription;
  readonly #query: LakeQuery;
  #latest: LakeImportProgress | undefined;

  constructor(lake: Lake, from: LakeDescription, query: LakeQuery) {
    super();
    this.#lake = lake;
    this.#from = from;
    this.#query = query;
    this.title = `Reading ${from.name}`;
  }

  override get progress(): number | undefined {
    return this.#latest?.share;
  }

  override get secondsLeft(): number | undefined {
    return this.#latest?.secondsLeft;
  }

  override get detail(): string {
    return this.#latest
      ? `${counted(this.#latest.rows, 'row')} · ${bytes(this.#latest.bytesRead)} of ${bytes(this.#from.bytes)}`
      : 'Opening';
  }

  override get route(): string {
    return this.result ? `#/data/${this.result.id}` : '#/lake';
  }

  protected override start(signal: AbortSignal): AsyncGenerator<LakeImportProgress, DatasetRecord> {
    return this.#lake.import(this.#from.id, this.#query, {}, signal);
  }

  protected override take(event: LakeImportProgress): void {
    this.#latest = event;
  }
}
