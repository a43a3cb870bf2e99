/** A model of another program that is served: its session stays open, and requests are gathered where its answers are row by row. */

import { checkTensors } from '../infer/tensors/check.js';
import { openTensorModel } from '../infer/tensors/open.js';
import type { TensorPredictor } from '../infer/tensors/predictor.js';
import type { NamedTensor } from '../infer/tensors/tensor.js';
import type { TensorModelRecord } from '../spec/tensor-model.js';
import { Batcher } from './batcher.js';
import type { Limits } from './limits.js';
import { tooBusy, tooManyRows, unknownServable } from './problems.js';
import type { ServingParts, TensorsModel } from './served-model.js';
import { answersByRow, hasRows } from './tensors/by-row.js';
import { type Stack, stacks } from './tensors/stack.js';

export class ServedTensors implements TensorsModel {
  readonly kind = 'tensor-model';
  readonly record: TensorModelRecord;
  readonly signature: TensorsModel['signature'];
  readonly #predictor: TensorPredictor;
  readonly #limits: Limits;
  readonly #batcher: Batcher<Stack, NamedTensor[]>;
  #isClosed = false;

  /** @param isByRow otherwise one request is answered at a time */
  private constructor(record: TensorModelRecord, predictor: TensorPredictor, isByRow: boolean, parts: ServingParts) {
    this.record = record;
    // What the file says, not what its record does.
    this.signature = { inputs: predictor.inputs, outputs: predictor.outputs };
    this.#predictor = predictor;
    this.#limits = parts.limits;
    this.#batcher = new Batcher(
      stacks((tensors, signal) => predictor.run(tensors, { signal })),
      isByRow ? parts.batches : { ...parts.batches, size: 0 },
      parts.told,
    );
  }

  static async open(parts: ServingParts, id: string): Promise<ServedTensors> {
    const { record, predictor } = await openTensorModel(parts, id);
    return new ServedTensors(record, predictor, await answersByRow(predictor), parts);
  }

  async ask(tensors: readonly NamedTensor[], signal?: AbortSignal): Promise<NamedTensor[]> {
    const { inputs } = this.signature;
    if (this.#isClosed) throw unknownServable(this.record.name);
    if (this.#batcher.waiting >= this.#limits.waiting) throw tooBusy(this.record.name, this.#batcher.waiting);
    checkTensors(inputs, tensors);
    const ordered = inputs.map(({ name }) => tensors.find((tensor) => tensor.name === name) as NamedTensor);
    const rows = inputs.some(hasRows) ? Math.max(...ordered.map(({ shape }) => shape[0] ?? 1)) : 1;
    if (rows > this.#limits.rows) throw tooManyRows(rows, this.#limits.rows);
    return await this.#batcher.ask({ rows, tensors: ordered }, signal);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#batcher.settled();
    await this.#predictor.dispose();
  }
}
