/** A model's record as text beside its weights in other formats: what a file needs to be a model of ours again. */
import * as z from 'zod/mini';
import { ModelRecord } from '../../spec/trained.js';

/** The key in a file's metadata. Changing it makes files written before unreadable. */
export const packedKey = 'benchwright';

/** All of the record but where its weights lie here. */
const PackedRecord = z.omit(ModelRecord, { kind: true, id: true, weights: true, deleted: true });

export const PackedModel = z.object({
  format: z.literal('benchwright-model'),
  version: z.literal(1),
  /** The name of each parameter's tensor in the file, in the plan's order. */
  parameters: z.array(z.string()).check(z.maxLength(4096)),
  record: PackedRecord,
});
export type PackedModel = z.infer<typeof PackedModel>;

export function packedModel(
  { kind: _kind, id: _id, weights: _weights, deleted: _deleted, ...record }: ModelRecord,
  parameters: string[],
): string {
  return JSON.stringify({ format: 'benchwright-model', version: 1, parameters, record } satisfies PackedModel);
}
