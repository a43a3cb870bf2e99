/** The vocabulary and the answers as JSON Schemas, for `docs/schemas`: what other programs may rely on. */
import * as z from 'zod/mini';
import { RateFinding } from '../spec/learning-rate.js';
import { ModelSpec } from '../spec/model.js';
import { PipelineSpec } from '../spec/pipeline-spec.js';
import { SweepSpec } from '../spec/sweep.js';
import { TrainingSpec } from '../spec/training.js';
import {
  DataAnswer,
  ErrorAnswer,
  EvaluateAnswer,
  ExportAnswer,
  PredictAnswer,
  ProjectAnswer,
  ServeAnswer,
  TensorsAnswer,
  TrainAnswer,
} from './answers.js';
import { TrafficFile } from './serve-traffic.js';

/** Raised where what was valid before is no longer. */
const schemaVersion = 1;

interface Published {
  file: string;
  title: string;
  schema: z.ZodMiniType;
  /** Whether people write it, and not the program. */
  written?: boolean;
}

const published: readonly Published[] = [
  { file: 'training-spec.json', title: 'What is asked of a training (train --spec FILE)', schema: TrainingSpec, written: true },
  { file: 'sweep-spec.json', title: 'What a sweep tries (train --sweep FILE)', schema: SweepSpec, written: true },
  { file: 'pipeline-spec.json', title: 'How columns become inputs ("pipeline" of a training)', schema: PipelineSpec, written: true },
  { file: 'model-spec.json', title: 'A network as data', schema: ModelSpec, written: true },
  { file: 'traffic.json', title: 'How callers are divided among versions (serve --traffic FILE)', schema: TrafficFile, written: true },
  { file: 'data-answer.json', title: 'Answer of "benchwright data --json"', schema: DataAnswer },
  { file: 'train-answer.json', title: 'Answer of "benchwright train --json"', schema: TrainAnswer },
  { file: 'learning-rate-answer.json', title: 'Answer of "benchwright train --find-learning-rate --json"', schema: RateFinding },
  { file: 'predict-answer.json', title: 'Answer of "benchwright predict --json"', schema: PredictAnswer },
  { file: 'tensors-answer.json', title: 'Answer of "benchwright predict --json" with a model of another program', schema: TensorsAnswer },
  { file: 'evaluate-answer.json', title: 'Answer of "benchwright evaluate --json"', schema: EvaluateAnswer },
  { file: 'project-answer.json', title: 'Answer of "benchwright project --json"', schema: ProjectAnswer },
  { file: 'export-answer.json', title: 'Answer of "benchwright export --json"', schema: ExportAnswer },
  { file: 'serve-answer.json', title: 'Answer of "benchwright serve --json", once it listens', schema: ServeAnswer },
  { file: 'error-answer.json', title: 'Answer of every command that failed, with --json', schema: ErrorAnswer },
];

/** Each file's name and its text. */
export function schemaFiles(): Map<string, string> {
  const text = ({ file, title, schema, written = false }: Published): string => {
    const { $schema, properties, ...rest } = z.toJSONSchema(schema);
    // A name, not an address: nothing is asked of anybody for it.
    const $id = `urn:benchwright:schema:${file.replace('.json', '')}:${schemaVersion}`;
    // Whoever writes by hand may name the schema, so that an editor helps.
    const named = written ? { $schema: { type: 'string' }, ...properties } : properties;
    return `${JSON.stringify({ $schema, $id, title, ...rest, properties: named }, null, 2)}\n`;
  };
  return new Map(published.map((entry) => [entry.file, text(entry)]));
}
