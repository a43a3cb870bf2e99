/** What is prepared of pictures, brought through an extractor: from then on a training has features for inputs, and a head for its network. */
import type { Engine } from '../../compute/engine.js';
import type { Store } from '../../storage/store.js';
import { type Examples, rowsInMemory } from '../batches.js';
import type { Part } from '../part.js';
import type { Prepared } from '../prepare.js';
import type { RecipeFacts } from '../recipe.js';
import type { Extractor } from './extractor.js';
import { type FeatureProgress, FeatureWork, requireRoomForFeatures } from './features.js';

/** What presets decide by where features take the place of pictures. @throws InputError `too-many-features` */
export function factsBehind(extractor: Extractor, { facts, rows }: Pick<Prepared, 'facts' | 'rows'>): RecipeFacts {
  requireRoomForFeatures(extractor, rows.training + rows.validation + rows.test);
  const { shape: _, ...rest } = facts;
  return { ...rest, inputs: extractor.width, features: true };
}

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
  const { validation, test } = prepared;
  const facts = factsBehind(extractor, prepared);
  const rows = training.rows + validation.examples.rows + (test === validation ? 0 : test.examples.rows);
  const work = await FeatureWork.open(parts, extractor, rows, signal);
  try {
    const inputs = yield* work.of(training.inputs);
    const judged = async function* (part: Part): AsyncGenerator<FeatureProgress, Part> {
      return { ...part, examples: { ...part.examples, inputs: yield* work.of(part.examples.inputs) } };
    };
    const validated = yield* judged(validation);
    return {
      ...prepared,
      facts,
      training: rowsInMemory({ ...training, rows: inputs.rows, inputs }),
      validation: validated,
      test: test === validation ? validated : yield* judged(test),
      extractor,
    };
  } finally {
    await work.close();
  }
}
