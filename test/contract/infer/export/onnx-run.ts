/** An exported file in onnxruntime-web (its wasm build, in Node), fed with raw rows: the judge of every ONNX export. */
import * as ort from 'onnxruntime-web';
import { columnNamed, numbersOf, textsOf } from '../../../../src/data/columns/access.js';
import { transformInputs } from '../../../../src/data/pipeline.js';
import { widthOf } from '../../../../src/data/steps/apply.js';
import type { Table } from '../../../../src/data/table.js';
import { tokensOf } from '../../../../src/data/text/tokens.js';
import type { ModelExport } from '../../../../src/infer/export/exported.js';
import type { ModelRecord } from '../../../../src/spec/trained.js';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

export interface OnnxAnswers {
  values: Float64Array | Float32Array;
  labels?: string[];
}

/** What the file makes of a table; what it cannot say itself is computed by our own pipeline, as the notes ask for. */
export async function runOnnx(exported: ModelExport, record: ModelRecord, table: Table): Promise<OnnxAnswers> {
  const session = await ort.InferenceSession.create(exported.files[0].bytes);
  const feeds: Record<string, ort.Tensor> = {};
  for (const { name, type, shape } of exported.inputs ?? []) feeds[name] = feed(record, table, name, type, shape);
  const results = await session.run(feeds);
  await session.release();
  const [first, second] = (exported.outputs ?? []).map(({ name }) => results[name]);
  if (!second) return { values: first.data as Float64Array };
  return { labels: first.data as unknown as string[], values: second.data as Float32Array };
}

function feed(record: ModelRecord, table: Table, name: string, type: string, shape: number[]): ort.Tensor {
  const dims = [table.rows, ...shape.slice(1)];
  if (type === 'float') return new ort.Tensor('float32', transformed(record, table, name), dims);
  const column = columnNamed(table, name);
  if (column.kind === 'picture') return new ort.Tensor('uint8', column.pixels, dims);
  if (type === 'double') return new ort.Tensor('float64', Float64Array.from(numbersOf(column, name)), dims);
  const { codes, dictionary } = textsOf(column, name);
  const read = record.pipeline.steps.find((step) => step.column === name);
  if (read?.kind === 'tokens') return new ort.Tensor('string', wordsOf(codes, dictionary, read.length), dims);
  return new ort.Tensor(
    'string',
    Array.from(codes, (code) => (code < 0 ? '' : dictionary[code])),
    dims,
  );
}

/** So many words of each text, '' behind the last one: what the notes ask for. */
function wordsOf(codes: ArrayLike<number>, dictionary: readonly string[], length: number): string[] {
  return Array.from(codes, (code) => {
    const words = code < 0 ? [] : tokensOf(dictionary[code]);
    return Array.from({ length }, (_, place) => words[place] ?? '');
  }).flat();
}

/** The numbers of one column's step alone. */
function transformed({ pipeline }: ModelRecord, table: Table, column: string): Float32Array {
  const steps = pipeline.steps.filter((step) => step.column === column);
  const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
  return transformInputs({ ...pipeline, steps, inputs: steps.reduce((sum, step) => sum + widthOf(step), 0) }, table, rows);
}
