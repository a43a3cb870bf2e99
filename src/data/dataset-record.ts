/** The record of a table that has been read: what is known of it, where it came from, and the chunks that hold it. */
import { timestamp } from '../base/clock.js';
import { sha256 } from '../base/hash.js';
import { newIdentifier } from '../base/identifier.js';
import type { ChunkRef } from '../spec/chunk.js';
import type { DatasetRecord, DatasetVersion, Origin } from '../spec/dataset.js';
import type { Field } from '../spec/field.js';
import type { ReadResult } from './read.js';
import { saysParts, suggestTarget } from './suggested-target.js';
import { targetWarnings } from './warnings.js';

/** What a record or a version of one holds of a table. */
export type Content = Omit<DatasetVersion, 'version'>;

type Read = Pick<ReadResult, 'rows' | 'fields' | 'warnings'>;

export async function datasetRecord(
  read: Read,
  chunks: DatasetRecord['chunks'],
  { name, ...about }: { name: string; origin: Origin; target?: string | undefined },
): Promise<DatasetRecord> {
  return { kind: 'dataset', id: newIdentifier(), name, created: timestamp(), ...(await contentOf(read, chunks, about)) };
}

/** @param about target: the one that it comes with, or had before */
export async function contentOf(
  { rows, fields, warnings }: Read,
  chunks: DatasetRecord['chunks'],
  { origin, target }: { origin: Origin; target?: string | undefined },
): Promise<Content> {
  const suggestedTarget = suggestTarget(fields, target);
  const likely = fields.find((field) => field.name === suggestedTarget);
  return {
    origin,
    rows,
    fields,
    warnings: [...warnings, ...targetWarnings(likely, rows)],
    hash: await hashOf(
      fields,
      chunks.map(({ ref }) => ref),
    ),
    ...(suggestedTarget === undefined ? {} : { suggestedTarget }),
    ...suggestedSplitOf(fields),
    chunks,
  };
}

/** Where rows came divided, they stay so unless somebody asks for another division. */
function suggestedSplitOf(fields: readonly Field[]): Pick<DatasetRecord, 'suggestedSplit'> {
  const part = fields.find(saysParts);
  return part ? { suggestedSplit: part.name } : {};
}

const hashOf = (fields: readonly Field[], refs: readonly ChunkRef[]): Promise<string> =>
  sha256(JSON.stringify([fields.map(({ name, type }) => [name, type]), refs.map(({ hash }) => hash)]));
