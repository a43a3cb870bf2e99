/** Checkpoints: weights, optimizer state and best weights as chunks first, then the run's record that names them, in one commit. */
import { initialWeights } from '../compute/plan/initial-weights.js';
import { parameterCount } from '../compute/plan/parameters.js';
import { decodeFloats } from '../infer/weights.js';
import type { ChunkRef } from '../spec/chunk.js';
import type { Checkpoint, RunRecord } from '../spec/run.js';
import type { Expectation, Store } from '../storage/store.js';
import { commitWithChunks, type PutBytes, type PutFloats } from './commit.js';
import { encodeInsight, readInsight } from './insight/kept.js';
import type { Resumption } from './state.js';

/** Whoever resumes a run changes its record: a tab that wakes later, with the state of before, is refused. */
export const stillAs = (run: RunRecord): Expectation => ({ kind: 'run', id: run.id, is: run });

export async function putCheckpoint(put: PutFloats, { state, weights, optimizer }: Resumption): Promise<Checkpoint> {
  const { epoch, steps, examples, lossSum, best } = state;
  return {
    epoch,
    steps,
    examples,
    lossSum,
    weights: await put(weights),
    optimizer: await put(optimizer),
    ...(best.epoch > 0 ? { best: { epoch: best.epoch, loss: best.loss, weights: await put(best.weights) } } : {}),
  };
}

/**
 * Keeps where a training stands and answers the run as it now is in the store. The checkpoint before stays until then.
 * @param expect what must still be stored
 */
export async function keepCheckpoint(store: Store, run: RunRecord, standing: Resumption, expect: Expectation[]): Promise<RunRecord> {
  const { steps, best, seconds, curve, insight } = standing.state;
  const make = async (put: PutFloats, putBytes: PutBytes): Promise<[RunRecord]> => {
    const checkpoint = await putCheckpoint(put, standing);
    const seen = insight ? { insight: await putBytes(encodeInsight(insight)) } : {};
    return [{ ...run, curve: [...curve], bestEpoch: best.epoch, steps, seconds, checkpoint, ...seen }];
  };
  const [kept] = await commitWithChunks(store, make, expect);
  return kept;
}

/**
 * What a run's checkpoint holds; nothing where there is none.
 * @throws StorageError when a chunk is missing or damaged
 */
export async function readCheckpoint(
  store: Store,
  run: Pick<RunRecord, 'checkpoint' | 'curve' | 'seconds' | 'model' | 'seed' | 'insight'>,
): Promise<Resumption | undefined> {
  const { checkpoint, model, seed, seconds } = run;
  if (!checkpoint) return undefined;
  const parameters = parameterCount(model);
  const read = async (ref: ChunkRef, expected?: number): Promise<Float32Array> => decodeFloats(await store.getChunk(ref), expected);
  const { epoch, steps, examples, lossSum, best } = checkpoint;
  // Nothing depends on it: what cannot be read is seen from here on.
  const insight = run.insight && (await readInsight(store, run.insight).catch(() => undefined));
  return {
    weights: await read(checkpoint.weights, parameters),
    optimizer: await read(checkpoint.optimizer),
    state: {
      epoch,
      steps,
      examples,
      lossSum,
      curve: [...run.curve],
      best: best
        ? { epoch: best.epoch, loss: best.loss, weights: await read(best.weights, parameters) }
        : { epoch: 0, loss: Number.POSITIVE_INFINITY, weights: initialWeights(model, seed) },
      seconds,
      ...(insight ? { insight } : {}),
    },
  };
}
