/** The pipeline that is being made for a table, with what was done to it undone and done again; it outlives a reload of the page. */
import { PipelineSpec } from '../../../spec/pipeline-spec.js';
import { validate } from '../../../spec/validate.js';

const key = (dataset: string): string => `pipeline ${dataset}`;
const mostSteps = 100;

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

export class Draft {
  #past: PipelineSpec[] = [];
  #future: PipelineSpec[] = [];
  pipeline: PipelineSpec;
  readonly #dataset: string;

  constructor(dataset: string) {
    this.#dataset = dataset;
    this.pipeline = readDraft(dataset);
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  change(pipeline: PipelineSpec): void {
    this.#past = [...this.#past.slice(1 - mostSteps), this.pipeline];
    this.#future = [];
    this.#set(pipeline);
  }

  undo(): void {
    const before = this.#past.pop();
    if (!before) return;
    this.#future.push(this.pipeline);
    this.#set(before);
  }

  redo(): void {
    const after = this.#future.pop();
    if (!after) return;
    this.#past.push(this.pipeline);
    this.#set(after);
  }

  #set(pipeline: PipelineSpec): void {
    this.pipeline = pipeline;
    keepDraft(this.#dataset, pipeline);
  }
}
