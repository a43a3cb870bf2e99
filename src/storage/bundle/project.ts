/** A project in one `.bench` file: out as a stream of pieces, in by content, never over what is there. */
/** `tensor-model` is one of another program. `pipeline` is one that was saved under a name; those of runs and models are part of them. A sweep goes with its trials, a deployment with its models. */
export type ProjectKind = 'dataset' | 'run' | 'model' | 'tensor-model' | 'sweep' | 'deployment' | 'pipeline';

/** One of the things that a project holds. */
export interface ProjectItem {
  kind: ProjectKind;
  id: string;
  name: string;
  created: number;
  /** What its chunks take; what several share counts for each. */
  bytes: number;
}

export interface ProjectProgress {
  bytes: number;
  /** Bytes in all. */
  size: number;
  secondsLeft?: number;
}

export interface ProjectPiece extends ProjectProgress {
  /** The next bytes of the file. */
  piece: Uint8Array;
}

export interface ProjectContent {
  items: ProjectItem[];
  /** Length of the file. */
  size: number;
}

/** What an import does, or has done, with each thing in a file. */
export interface ProjectArrival extends ProjectItem {
  /**
   * `there`: it is kept already, with the same content. `versions`: the dataset is kept, and gets the versions that it lacks; the one in use stays.
   * `beside`: the same id has other content here, so it gets an id of its own.
   */
  outcome: 'new' | 'there' | 'versions' | 'beside';
  /** The id that it has here. */
  as: string;
}

/** A file that can be read from any place. A Blob or File is one as it is. */
export interface ProjectFile {
  readonly size: number;
  slice(start: number, end: number): { stream(): ReadableStream<Uint8Array> };
}

export interface Project {
  /** Everything that is kept and not deleted. */
  items(): Promise<ProjectItem[]>;
  /**
   * The bytes of a `.bench` file, in bounded memory: of everything or, where `only` is given, of these and what they need (a run its data and its
   * model, a sweep its data and the winner's run, a deployment its models; a model is whole by itself).
   * @throws InputError `unknown-item`; StorageError `chunk-missing` or `chunk-damaged`
   */
  export(only?: { kind: ProjectKind; id: string }[], signal?: AbortSignal): AsyncGenerator<ProjectPiece, ProjectContent>;
  /**
   * What importing a file would do. Nothing is written.
   * @throws InputError `not-a-project`, `project-newer` or `project-damaged`
   */
  inspect(file: ProjectFile): Promise<ProjectArrival[]>;
  /**
   * Takes in a file: every byte is checked, then all of it is kept in one step or nothing. Importing it again changes nothing.
   * @throws InputError as `inspect` does; StorageError `storage-short` before anything is written, or `storage-full`
   */
  import(file: ProjectFile, signal?: AbortSignal): AsyncGenerator<ProjectProgress, ProjectArrival[]>;
}
