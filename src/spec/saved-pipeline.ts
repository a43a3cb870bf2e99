/** A pipeline that is kept under a name. */
import * as z from 'zod/mini';
import { PipelineSpec } from './pipeline-spec.js';

export const SavedPipeline = z.object({ id: z.string(), name: z.string(), created: z.number(), pipeline: PipelineSpec });
export type SavedPipeline = z.infer<typeof SavedPipeline>;
