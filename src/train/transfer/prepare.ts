/** What is prepared of pictures, brought through an extractor: from then on a training has features for inputs, and a head for its network. */
import type { Engine } from '../../compute/engine.js';
import type { Store } from '../../storage/store.js';
import { type Examples, rowsInMemory } from '../batches.js';
import type { Part } from '../part.js';
import type { Prepared } from '../prepare.js';
import type { Extractor } from './extractor.js';
import { type FeatureProgress, FeatureWork, requireRoomForFeatures } from './features.js';

/**
 * @param training in the order of `prepared.training`, not changed at random
 * @throws InputError `too-many-features`; AbortError
 */
export async function* withFeatures(
  parts: { store: Store; engine: Engine },
  prepared: Prepared,
  training: Examples,
  extractor: Extractor,
  signal?: AbortSignal,
): AsyncGenerator<FeatureProgress, Prepared> {
  const { validation, test, facts } = prepared;
  const rows = training.rows + validation.examples.rows + (test === validation ? 0 : test.examples.rows);
  requireRoomForFeatures(extractor, rows);
  const work = await FeatureWork.open(parts, extractor, rows, signal);
  try {
    const inputs = yield* work.of(training.inputs);
    const judged = async function* (part: Part): AsyncGenerator<FeatureProgress, Part> {
      return { ...part, examples: { ...part.examples, inputs: yield* work.of(part.examples.inputs) } };
    };
    const validated = yield* judged(validation);
    const { shape: _, ...rest } = facts;
    return {
      ...prepared,
      facts: { ...rest, inputs: extractor.width, features: true },
      training: rowsInMemory({ ...training, rows: inputs.rows, inputs }),
      validation: validated,
      test: test === validation ? validated : yield* judged(test),
      extractor,
    };
  } finally {
    await work.close();
  }
}
