/** The fitter of a planned step. */
import type { FittedPicture } from '../../spec/fitted-steps.js';
import type { Task } from '../../spec/task.js';
import { createCategoryFitter } from './category.js';
import { createDateFitter } from './date.js';
import { createEmbeddingFitter } from './embedding.js';
import type { FitLimits, StepFitter } from './fitter.js';
import { createHashingFitter } from './hashing.js';
import { createNumberFitter } from './number.js';
import { createOrdinalFitter } from './ordinal.js';
import { createPictureFitter } from './picture.js';
import type { PlannedStep } from './plan.js';
import { createTargetEncodingFitter } from './target-means.js';
import { createTokensFitter } from './tokens.js';
import { createHashedWordsFitter, createWordsFitter } from './words.js';

export interface FitterRequest {
  target: string;
  task: Task;
  seed: number;
  limits: FitLimits;
  /** Of pictures: not fitted, where it is given. */
  pictures?: Pick<FittedPicture, 'mean' | 'deviation'> | undefined;
}

export function createStepFitter(
  { field: { name, type }, step }: PlannedStep,
  { target, task, seed, limits, pictures }: FitterRequest,
): StepFitter {
  switch (step.as) {
    case 'number':
      return createNumberFitter(name, type, step, limits);
    case 'one-hot':
      return createCategoryFitter(name, type, step, limits);
    case 'embedding':
      return createEmbeddingFitter(name, type, step, limits);
    case 'ordinal':
      return createOrdinalFitter(name, type, step, limits);
    case 'hashing':
      return createHashingFitter(name, type, step);
    case 'target':
      return createTargetEncodingFitter({ column: name, type, options: step, target, task, seed });
    case 'date':
      return createDateFitter(name, type, step);
    case 'words':
      return createWordsFitter({ column: name, type, options: step, limits, target, task });
    case 'hashed-words':
      return createHashedWordsFitter(name, type, step);
    case 'tokens':
      return createTokensFitter(name, type, step, limits);
    case 'picture':
      return createPictureFitter(name, pictures);
  }
}
