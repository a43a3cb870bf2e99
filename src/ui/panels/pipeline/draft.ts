/** The pipeline that is being made for a table, with what was done to it undone and done again; it outlives a reload of the page. */
import { PipelineSpec } from '../../../spec/pipeline-spec.js';
import { validate } from '../../../spec/validate.js';
import { UndoHistory } from '../../undo.js';

const key = (dataset: string): string => `pipeline ${dataset}`;

/** Empty where none was begun, or where what was kept cannot be read. */
export function readDraft(dataset: string): PipelineSpec {
  try {
    const text = sessionStorage.getItem(key(dataset));
    return text === null ? {} : validate(PipelineSpec, JSON.parse(text), 'pipeline-spec');
  } catch {
    return {};
  }
}

export function keepDraft(dataset: string, pipeline: PipelineSpec): void {
  try {
    if (isAutomatic(pipeline)) sessionStorage.removeItem(key(dataset));
    else sessionStorage.setItem(key(dataset), JSON.stringify(pipeline));
  } catch {
    // Where nothing may be kept, the draft lives as long as the page.
  }
}

/** Whether nothing is asked for. */
export const isAutomatic = (pipeline: PipelineSpec): boolean =>
  Object.values(pipeline).every((value) => value === undefined || (Array.isArray(value) && value.length === 0));

/** What a training asks for, with the pipeline that is being made for its table. */
export function withDraft<Spec extends object>(spec: Spec, dataset: string): Spec & { pipeline?: PipelineSpec } {
  const pipeline = readDraft(dataset);
  return isAutomatic(pipeline) ? spec : { ...spec, pipeline };
}

export class Draft extends UndoHistory<PipelineSpec> {
  constructor(dataset: string) {
    super(readDraft(dataset), (pipeline) => keepDraft(dataset, pipeline));
  }

  get pipeline(): PipelineSpec {
    return this.state;
  }
}
