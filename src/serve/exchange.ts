/** A question and its answer as whoever learns from them sees them (the log, a mirror), whatever the model takes. */
import { InputError } from '../base/errors.js';
import type { RawRow } from '../infer/models.js';
import { valuesOf } from '../infer/tensors/json.js';
import type { NamedTensor } from '../infer/tensors/tensor.js';
import type { TensorModelRecord } from '../spec/tensor-model.js';
import type { LoggedRequest } from './log/prediction.js';
import { inputWords, outputWords, tensorsSubject } from './log/tensors.js';
import type { Answering, RowsModel, Served } from './served-model.js';

export interface Exchange {
  /** As a log has it. */
  logged(): Pick<LoggedRequest, 'subject' | 'rows' | 'served'>;
  /** What was answered, in the form of `again`. */
  compared(): Served;
  /** What another version answers. @throws as its `ask` does; InputError `other-kind` */
  again(other: Answering): Promise<Served>;
}

export const rowsExchange = ({ record: { id, fields }, signature: { outputs } }: RowsModel, rows: RawRow[], served: Served): Exchange => ({
  logged: () => ({ subject: { id, fields, outputs }, rows, served }),
  compared: () => served,
  async again(other) {
    if (other.kind === 'model') return other.ask(rows);
    throw otherKind(other);
  },
});

/** One row of the log. @param isLogged whether the tensors are hashed, from now on */
export function tensorsExchange(
  record: TensorModelRecord,
  tensors: readonly NamedTensor[],
  isLogged: boolean,
): (outputs: NamedTensor[]) => Promise<Exchange> {
  const hashing = isLogged ? inputWords(tensors) : Promise.resolve({});
  return async (outputs) => {
    const words = await hashing;
    return {
      logged: () => ({ subject: tensorsSubject(record), rows: [words], served: outputWords(outputs) }),
      compared: () => elementsOf(outputs),
      async again(other) {
        if (other.kind === 'tensor-model') return elementsOf(await other.ask(tensors));
        throw otherKind(other);
      },
    };
  };
}

/** A row for each element: of the longest output, where they are of several lengths. */
function elementsOf(outputs: readonly NamedTensor[]): Served {
  const columns = outputs.map((output) => ({
    name: output.name,
    values: valuesOf(output).map((value) => (typeof value === 'boolean' ? Number(value) : value)),
  }));
  return { rows: Math.max(0, ...columns.map(({ values }) => values.length)), columns };
}

const otherKind = ({ record }: Answering): InputError =>
  new InputError('other-kind', `"${record.name}" does not take what the model that was asked takes.`, { place: { model: record.id } });
