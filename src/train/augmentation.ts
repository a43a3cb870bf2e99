/** Pictures that are changed at random while training, where that is asked for. */
import { augmentedRows } from '../data/augment.js';
import { pictureStep } from '../data/pipeline.js';
import type { Warning } from '../spec/dataset.js';
import type { FittedPipeline } from '../spec/pipeline.js';
import type { Augmentation, PipelineSpec } from '../spec/pipeline-spec.js';
import type { TrainingSpec } from '../spec/training.js';
import type { PartInMemory } from './part.js';
import type { Extractor } from './transfer/extractor.js';

/** Pictures as they are changed while training, where that is asked for. */
export function augmented(part: PartInMemory, pipeline: FittedPipeline, spec: PipelineSpec | undefined, seed: number): PartInMemory {
  const step = pictureStep(pipeline);
  const augmentation = step && augmentationOf(spec, step.column);
  if (!step || !augmentation) return part;
  return { ...part, examples: { ...part.examples, inputs: augmentedRows(part.examples.inputs, step, augmentation, seed) } };
}

export function augmentationOf({ columns = [], types = [] }: PipelineSpec = {}, column: string): Augmentation | undefined {
  const step = columns.find((each) => each.column === column)?.step ?? types.find(({ type }) => type === 'picture')?.step;
  return step?.as === 'picture' ? step.augment : undefined;
}

/** Features are computed once of each picture: it cannot be another in every epoch. */
export function unusedAugmentation(
  { pipeline: asked }: TrainingSpec,
  pipeline: FittedPipeline,
  extractor: Extractor | undefined,
): Warning[] {
  const step = pictureStep(pipeline);
  if (!extractor || !step || !augmentationOf(asked, step.column)) return [];
  return [
    {
      code: 'augmentation-unused',
      message: 'Pictures are not changed at random: the preset transfer computes the features of each picture once.',
      advice: 'Leave the changes out of the pipeline, or train with the preset cnn or resnet to use them.',
      place: { column: step.column, field: 'pipeline' },
    },
  ];
}
