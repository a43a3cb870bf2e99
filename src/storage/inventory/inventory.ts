/** What is kept, thing by thing: what it takes, whether it is whole, and making room. */

import type { ProjectProgress } from '../bundle/project.js';
import type { Damage } from '../damage.js';

export interface KeptItem {
  /** A sweep is kept with its trials. `import` was cut off and can go on; `profile` stands for all profiles together, which are made again when they are wanted. */
  kind: 'dataset' | 'run' | 'model' | 'tensor-model' | 'sweep' | 'import' | 'profile';
  id: string;
  name: string;
  created: number;
  /** When it was deleted: it takes its space until it cannot be restored any more. */
  deleted?: number;
  /** All chunks that it names. */
  bytes: number;
  /** Of these, what nothing else names: what is free once it is gone for good. */
  ownBytes: number;
  damage?: Damage;
}

export interface Inventory {
  /** What takes most first. */
  items(): Promise<KeptItem[]>;
  /** What was found damaged and has not been mended since. */
  damaged(): Promise<Damage[]>;
  /** Reads every chunk of everything, and answers what is damaged. */
  check(signal?: AbortSignal): AsyncGenerator<ProjectProgress, Damage[]>;
  /** Deletes for good what was deleted, and frees what nothing names. Answers the bytes freed. */
  empty(): Promise<number>;
}
