/** Saved models: list, use, rename, delete, restore. */
import type { RawValue } from '../data/rows.js';
import type { Source } from '../data/source.js';
import type { ModelRecord } from '../spec/trained.js';

/** A raw row by column name, as a form or a caller has it. */
export type RawRow = Record<string, RawValue>;

export interface Prediction {
  prediction: string | number;
  /** By class, in the model's order; left out for regression. */
  probabilities?: { value: string; probability: number }[];
}

export interface FilePrediction {
  rows: number;
  bytes: number;
  size?: number;
  secondsLeft?: number;
  /** The next piece of the CSV: the file's own columns, then `prediction`, then `probability_CLASS` for each class. */
  csv: string;
}

export interface Models {
  list(): Promise<ModelRecord[]>;
  get(id: string): Promise<ModelRecord>;
  /** @throws InputError `invalid-rows` where they are no list of objects; naming the column that is missing or the value that does not fit */
  predict(id: string, rows: RawRow[], signal?: AbortSignal): Promise<Prediction[]>;
  /** One line per row of the file, in its order, in bounded memory. Answers the rows written. */
  predictFile(id: string, source: Source, signal?: AbortSignal): AsyncGenerator<FilePrediction, { rows: number }>;
  rename(id: string, name: string): Promise<ModelRecord>;
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
}
