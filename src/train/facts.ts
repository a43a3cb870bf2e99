/** What presets decide by, read off a fitted pipeline. */
import { InputError } from '../base/errors.js';
import { pictureStep } from '../data/pipeline.js';
import { isSparse, widthOf } from '../data/steps/apply.js';
import { vocabularyOf } from '../data/steps/embedding.js';
import { mostEmbeddings, mostTexts } from '../data/steps/plan.js';
import { sequenceOf } from '../data/steps/sequence.js';
import { vocabularyOfTokens } from '../data/steps/tokens.js';
import { targetKind } from '../data/targets/table.js';
import type { FittedStep } from '../spec/fitted-steps.js';
import type { FittedPipeline } from '../spec/pipeline.js';
import type { Task } from '../spec/task.js';
import { seasonOf } from './forecast/prepare.js';
import type { RecipeFacts } from './recipe.js';

/** @throws InputError `too-many-embeddings` or `too-many-texts` */
export const factsOf = (task: Task, pipeline: FittedPipeline, rows: number): RecipeFacts => ({
  task,
  inputs: pipeline.inputs,
  outputs: targetKind(pipeline.target).outputs(pipeline.target, pipeline.inputs),
  rows,
  ...shapeOf(pipeline),
});

/** What kind of inputs a recipe is for. */
function shapeOf(pipeline: FittedPipeline): Pick<RecipeFacts, 'shape' | 'words' | 'indices' | 'texts' | 'sequence' | 'season'> {
  const size = pictureStep(pipeline)?.size;
  const sequence = sequenceOf(pipeline.steps, pipeline.windows, pipeline.target.column);
  const words = pipeline.steps.filter(isSparse).reduce((sum, step) => sum + widthOf(step), 0);
  return {
    ...(size ? { shape: [size.height, size.width, size.channels] as const } : {}),
    ...(words > 0 ? { words } : {}),
    ...(sequence ? { sequence, ...seasonOf(pipeline, sequence) } : {}),
    ...indicesOf(pipeline),
    ...textsOf(pipeline),
  };
}

/** The inputs that are numbers of categories. @throws InputError `too-many-embeddings` */
function indicesOf({ steps }: FittedPipeline): Pick<RecipeFacts, 'indices'> {
  const indices = placed(steps).flatMap(({ step, input }) =>
    step.kind === 'embedding' ? [{ input, vocabulary: vocabularyOf(step) }] : [],
  );
  if (indices.length <= mostEmbeddings) return indices.length > 0 ? { indices } : {};
  throw new InputError('too-many-embeddings', `${indices.length} columns become embeddings; a network has at most ${mostEmbeddings}.`, {
    advice: 'Choose another step, such as one-hot or target, for those with the fewest values.',
    place: { field: 'pipeline' },
  });
}

/** The inputs that are numbers of words. @throws InputError `too-many-texts` */
function textsOf({ steps }: FittedPipeline): Pick<RecipeFacts, 'texts'> {
  const texts = placed(steps).flatMap(({ step, input }) =>
    step.kind === 'tokens' ? [{ input, length: step.length, vocabulary: vocabularyOfTokens(step) }] : [],
  );
  if (texts.length <= mostTexts) return texts.length > 0 ? { texts } : {};
  throw new InputError('too-many-texts', `${texts.length} columns are read word by word; a network has at most ${mostTexts}.`, {
    advice: 'Choose the step words for those that say the least.',
    place: { field: 'pipeline' },
  });
}

/** Each step with the place of its first input. */
function placed(steps: readonly FittedStep[]): { step: FittedStep; input: number }[] {
  let next = 0;
  return steps.map((step) => {
    const input = next;
    next += widthOf(step);
    return { step, input };
  });
}
