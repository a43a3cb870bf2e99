/** Changes of a pipeline, each as a new one. */
import type { ColumnStep, Derivation, PipelineSpec } from '../../../spec/pipeline-spec.js';

/** @param step left out, the column is automatic again */
export function withStep(pipeline: PipelineSpec, column: string, step: ColumnStep | undefined): PipelineSpec {
  const others = (pipeline.columns ?? []).filter((each) => each.column !== column);
  return { ...pipeline, columns: step ? [...others, { column, step }] : others };
}

export const withDerivation = (pipeline: PipelineSpec, derivation: Derivation): PipelineSpec => ({
  ...pipeline,
  derive: [...(pipeline.derive ?? []), derivation],
});

/** Without a derived column, and without its step. */
export function withoutDerivation(pipeline: PipelineSpec, name: string): PipelineSpec {
  const rest = withStep(pipeline, name, undefined);
  return { ...rest, derive: (rest.derive ?? []).filter((each) => each.name !== name) };
}

/** A derived column one place earlier: only those after it may use it. */
export function movedUp(pipeline: PipelineSpec, index: number): PipelineSpec {
  const derive = [...(pipeline.derive ?? [])];
  const [moved] = derive.splice(index, 1);
  derive.splice(index - 1, 0, moved);
  return { ...pipeline, derive };
}
