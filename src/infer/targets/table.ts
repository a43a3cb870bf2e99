/** Every kind of target's form of answers. */
import type { FittedTarget } from '../../spec/pipeline.js';
import { anomalyAnswer } from './anomaly.js';
import type { AnswerForm } from './answer-form.js';
import { classesAnswer } from './classes.js';
import { labelsAnswer } from './labels.js';
import { valueAnswer } from './value.js';

const forms: { [Kind in FittedTarget['kind']]: AnswerForm<Extract<FittedTarget, { kind: Kind }>> } = {
  classes: classesAnswer,
  value: valueAnswer,
  series: valueAnswer,
  labels: labelsAnswer,
  anomaly: anomalyAnswer,
};

/** @returns what is called with the target itself */
export const answerForm = ({ kind }: FittedTarget): AnswerForm<FittedTarget> => forms[kind] as AnswerForm<FittedTarget>;
