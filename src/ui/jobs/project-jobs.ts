/** A project going out into one file, or coming in from one, as the page follows it. */
import type { Project, ProjectArrival, ProjectContent, ProjectPiece, ProjectProgress } from '../../storage/bundle/project.js';
import { bytes } from '../format.js';
import { Job } from './job.js';

export abstract class ProjectJob<Event extends ProjectProgress, Result> extends Job<Event, Result> {
  #latest: ProjectProgress | undefined;

  override get progress(): number | undefined {
    return this.#latest && this.#latest.bytes / this.#latest.size;
  }

  override get secondsLeft(): number | undefined {
    return this.#latest?.secondsLeft;
  }

  override get detail(): string {
    return this.#latest ? `${bytes(this.#latest.bytes)} of ${bytes(this.#latest.size)}` : 'Looking at what is there';
  }

  override get route(): string {
    return '#/settings';
  }

  protected override take({ bytes: done, size, secondsLeft }: Event): void {
    this.#latest = { bytes: done, size, secondsLeft };
  }
}

/** Where an export is written to: a file that the user has chosen, or memory that the browser may keep on disk. */
export interface ProjectSink {
  write(piece: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

export class ProjectExportJob extends ProjectJob<ProjectPiece, ProjectContent> {
  readonly title = 'Exporting the project';
  readonly #project: Project;
  readonly #sink: ProjectSink;

  constructor(project: Project, sink: ProjectSink) {
    super();
    this.#project = project;
    this.#sink = sink;
  }

  /** The sink sets the pace: the next piece is asked for when the one before is written. */
  protected override async *start(signal: AbortSignal): AsyncGenerator<ProjectPiece, ProjectContent> {
    const pieces = this.#project.export(undefined, signal);
    let whole = false;
    try {
      for (let next = await pieces.next(); ; next = await pieces.next()) {
        if (next.done) {
          await this.#sink.close();
          whole = true;
          return next.value;
        }
        await this.#sink.write(next.value.piece as Uint8Array<ArrayBuffer>);
        yield next.value;
      }
    } finally {
      if (!whole) await this.#sink.abort().catch(() => undefined);
    }
  }
}

export class ProjectImportJob extends ProjectJob<ProjectProgress, ProjectArrival[]> {
  readonly title: string;
  readonly #project: Project;
  readonly #file: File;

  constructor(project: Project, file: File) {
    super();
    this.#project = project;
    this.#file = file;
    this.title = `Importing ${file.name}`;
  }

  override get makesSomethingOwn(): boolean {
    return true;
  }

  protected override start(signal: AbortSignal): AsyncGenerator<ProjectProgress, ProjectArrival[]> {
    return this.#project.import(this.#file, signal);
  }
}
