/** Pipelines before a training: what would be made of a table, shown on its rows, and those that are kept under a name. */
import type { Table } from '../data/table.js';
import type { FieldType } from '../spec/field-type.js';
import type { DatePart, FittedStep } from '../spec/fitted-steps.js';
import type { FittedDerivation, IgnoredColumn } from '../spec/pipeline.js';
import type { PipelineSpec } from '../spec/pipeline-spec.js';
import type { SavedPipeline } from '../spec/saved-pipeline.js';
import type { TrainingSpec } from '../spec/training.js';

export interface PreviewedStep {
  column: string;
  type: FieldType;
  /** True where nobody asked for it. */
  automatic: boolean;
  why: string;
  kind: FittedStep['kind'];
  /** The name of each of its inputs. At most as many as are shown; `inputs` counts all. */
  names: string[];
  inputs: number;
  /** The place of its first input in a row. */
  start: number;
  /** Of places in an order: the values, from the least to the greatest, at most as many as are shown. */
  order?: string[];
  /** Of a date: which parts are learnt from. */
  parts?: DatePart[];
}

export interface PipelinePreview {
  steps: PreviewedStep[];
  ignored: IgnoredColumn[];
  derived: FittedDerivation[];
  /** Length of one transformed row. */
  inputs: number;
  /** Of the rows looked at. */
  rows: { training: number; validation: number; test: number };
  /** Rows of the table that were looked at: all of them, or the first. */
  looked: number;
  /** Memory that the training rows of the whole table take, as they are kept. */
  bytes: number;
  /** Of classes: how often each occurs in the training rows. */
  classes?: { name: string; rows: number }[];
  /** Some training rows as they are, with what is derived for them. */
  before: Table;
  /** The same rows as a network sees them: [rows, inputs]. */
  after: Float32Array;
}

export interface Pipelines {
  /**
   * Fits on the training rows of the seeded division, as a training would, and transforms some of them.
   * @throws InputError as a training does
   */
  preview(dataset: string, spec: TrainingSpec, signal?: AbortSignal): Promise<PipelinePreview>;
  /** Newest first. */
  list(): Promise<SavedPipeline[]>;
  /**
   * Keeps a pipeline; under the identifier of an earlier one it takes its place.
   * @param earlier the one that it was made from, as it was read: where somebody has changed it since, nothing is written
   * @throws InputError `invalid-name` or `invalid-pipeline-spec`; StorageError `stale-write`
   */
  save(name: string, pipeline: PipelineSpec, id?: string, earlier?: SavedPipeline): Promise<SavedPipeline>;
  remove(id: string): Promise<void>;
}
