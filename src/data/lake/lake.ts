/**
 * The lake: a Parquet data set that lies somewhere else, as one file or many, of which only what is asked for is read. Footers
 * first, then the column chunks and row groups that a query needs; what came stays as a dataset of ours that knows its source.
 */
import type { DatasetRecord } from '../../spec/dataset.js';
import type { LakeQuery } from '../../spec/lake.js';
import type { ImportProgress } from '../datasets.js';
import type { SourceFile } from '../source.js';
import type { Table } from '../table.js';

/** Of an S3-compatible store. Kept in memory for as long as the data set is open, never stored. */
export interface LakeAccess {
  accessKeyId?: string;
  secretAccessKey?: string;
  sessionToken?: string;
  region?: string;
  /** Of a store that is not Amazon's: `https://minio.example.org`. */
  endpoint?: string;
}

export type LakeSource =
  /** `s3://bucket/prefix`, `https://…/file.parquet`, `https://…/prefix/` of a store that can list, a `_metadata`, or a list of files. */
  | { kind: 'address'; address: string }
  | { kind: 'addresses'; name: string; addresses: readonly string[] }
  /** Of a folder. */
  | { kind: 'files'; name: string; files: readonly SourceFile[] };

export interface LakeColumn {
  name: string;
  kind: 'number' | 'datetime' | 'boolean' | 'text';
  /** As the file has it, in words. */
  stored: string;
  /** From the folders' names. */
  partition?: boolean;
  /** Lists or maps, kept as JSON. */
  nested?: boolean;
  nulls?: number;
  minimum?: number | string;
  maximum?: number | string;
  /** Packed bytes of all its chunks. */
  bytes: number;
  /** Bounds in each row group, in order, for a picture of how sorted it is; of numbers and times, where the file says them. */
  bounds?: { minimum: number; maximum: number }[];
}

export interface LakeDescription {
  /** To be named in queries. */
  id: string;
  name: string;
  address: string;
  files: number;
  rowGroups: number;
  rows: number;
  /** Of all files. */
  bytes: number;
  /** Read to know all this. */
  bytesRead: number;
  requests: number;
  columns: LakeColumn[];
  /** The first files, and how they are called. */
  examples: string[];
  writer: string;
}

export interface LakeEstimate {
  rowGroups: number;
  /** Rows in these row groups: the most that there can be. */
  rows: number;
  /** That will be read. */
  bytes: number;
  files: number;
}

export interface LakeImportProgress extends ImportProgress {
  bytesRead: number;
}

export interface Lake {
  /** Reads footers alone. @throws InputError `unreadable-url`, `access-denied`, `no-files`, `damaged-file`, `schema-differs`, … */
  open(source: LakeSource, access?: LakeAccess, signal?: AbortSignal): Promise<LakeDescription>;
  /** The first rows of a query, from its first row group that has some. */
  preview(id: string, query: LakeQuery, limit: number, signal?: AbortSignal): Promise<Table>;
  /** Counted from footers alone. */
  estimate(id: string, query: LakeQuery): Promise<LakeEstimate>;
  /** A versioned copy of what the query finds, with where it came from. */
  import(
    id: string,
    query: LakeQuery,
    options?: { name?: string },
    signal?: AbortSignal,
  ): AsyncGenerator<LakeImportProgress, DatasetRecord>;
  /**
   * Looks whether the files of a copy have changed, and reads its query anew where they have: that is the next version of the dataset, which
   * shares the chunks of files that have not changed, and keeps the types that were chosen. The same record where none has.
   * @throws InputError `not-from-lake`; `rows-appended` where rows were appended that would be lost
   */
  refresh(dataset: string, access?: LakeAccess, signal?: AbortSignal): AsyncGenerator<LakeImportProgress, DatasetRecord>;
  close(id: string): Promise<void>;
}
