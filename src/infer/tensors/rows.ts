/** A model of ours as tensors: one for each column that it reads, and one for each column of its answer, with a value for each row. */
import { InputError } from '../../base/errors.js';
import type { RawValue } from '../../data/rows.js';
import { rawRowsToTable } from '../../data/rows.js';
import type { Field } from '../../spec/field.js';
import { isNumeric } from '../../spec/field-type.js';
import type { TensorSpec } from '../../spec/tensor-model.js';
import type { ModelRecord } from '../../spec/trained.js';
import { answeredColumns } from '../answered-columns.js';
import type { RawRow } from '../models.js';
import { openPredictor, type Predictor, type PredictorParts } from '../predictor.js';
import { answerForm } from '../targets/table.js';
import { checkTensors } from './check.js';
import type { OpenPredictor } from './open-models.js';
import type { TensorPredictor } from './predictor.js';
import type { NamedTensor } from './tensor.js';

const rows = 'rows';

/** Numbers in double precision, pictures as pixels from 0 to 255, all else as texts; NaN and the empty text are missing. Answers have the digits that a file of predictions has. */
export function rowTensors({ fields, pipeline: { target } }: ModelRecord): { inputs: TensorSpec[]; outputs: TensorSpec[] } {
  const inputs = fields.map(({ name, type, picture }): TensorSpec => {
    if (type === 'picture' && picture) return { name, type: 'uint8', shape: [rows, picture.height, picture.width, picture.channels] };
    return { name, type: isNumeric(type) ? 'float64' : 'string', shape: [rows] };
  });
  const outputs = answerForm(target)
    .columns(target)
    .map(({ name, kind }): TensorSpec => ({ name, type: kind === 'number' ? 'float64' : 'string', shape: [rows] }));
  return { inputs, outputs };
}

export class RowsPredictor implements TensorPredictor {
  readonly inputs: TensorSpec[];
  readonly outputs: TensorSpec[];
  readonly #predictor: Predictor;

  /** @param predictor disposed of with this one */
  constructor(predictor: Predictor) {
    this.#predictor = predictor;
    ({ inputs: this.inputs, outputs: this.outputs } = rowTensors(predictor.record));
  }

  async run(tensors: readonly NamedTensor[], { signal }: { signal?: AbortSignal | undefined } = {}): Promise<NamedTensor[]> {
    checkTensors(this.inputs, tensors);
    const { fields, pipeline } = this.#predictor.record;
    // One call's rows are a series by themselves.
    const answers = await this.#predictor.afresh().answer(rawRowsToTable(fields, rowsOf(fields, tensors)), signal);
    return answeredColumns(pipeline.target, answers).map(
      ({ name, kind, values }): NamedTensor => ({
        name,
        type: kind === 'number' ? 'float64' : 'string',
        shape: [answers.rows],
        data: values,
      }),
    );
  }

  async dispose(): Promise<void> {
    this.#predictor.dispose();
  }
}

/** Dispose of the predictor afterwards. @throws as `openPredictor` does */
export async function openRows(parts: PredictorParts, id: string): Promise<OpenPredictor> {
  const predictor = new RowsPredictor(await openPredictor(parts, id));
  return { predictor, choice: { provider: 'wasm', reason: 'A model of ours, by our own kernels.' } };
}

/** @throws InputError `wrong-input` where they have different numbers of rows */
function rowsOf(fields: readonly Field[], tensors: readonly NamedTensor[]): RawRow[] {
  const [first] = tensors;
  const count = first?.shape[0] ?? 0;
  const odd = tensors.find(({ shape }) => shape[0] !== count);
  if (odd) throw uneven(odd, first);
  const columns = fields.map(({ name }) => tensors.find((tensor) => tensor.name === name) as NamedTensor);
  return Array.from({ length: count }, (_, row) => Object.fromEntries(columns.map((column) => [column.name, valueAt(column, row)])));
}

function valueAt({ data, shape }: NamedTensor, row: number): RawValue {
  if (shape.length === 1) {
    const value = data[row] as number | string;
    return Number.isNaN(value) || value === '' ? null : value;
  }
  const [, height, width, channels] = shape;
  const size = height * width * channels;
  return { height, width, channels, pixels: (data as Uint8Array).slice(row * size, (row + 1) * size) } as RawValue;
}

const uneven = (odd: NamedTensor, first: NamedTensor): InputError =>
  new InputError('wrong-input', `The input "${odd.name}" has ${odd.shape[0]} rows, and "${first.name}" has ${first.shape[0]}.`, {
    advice: 'Give each input a value for each row.',
    place: { tensor: odd.name, expected: `${first.shape[0]} rows`, given: `${odd.shape[0]} rows` },
  });
