/** Answers column by column, as files, tensors and routes have them. */
import type { FittedTarget } from '../spec/pipeline.js';
import { type Answers, outputsOf } from './predictor.js';
import type { AnswerColumn } from './targets/answer-form.js';
import { answerForm } from './targets/table.js';

export interface AnsweredColumn extends AnswerColumn {
  /** [rows]: texts or, with seven digits, numbers. */
  values: string[] | Float64Array;
}

/** `prediction`, and what stands beside it. */
export function answeredColumns(target: FittedTarget, answers: Answers): AnsweredColumn[] {
  const form = answerForm(target);
  const rows = Array.from({ length: answers.rows }, (_, row) => form.values(target, outputsOf(answers, row)));
  return form.columns(target).map((column, place): AnsweredColumn => {
    const values = rows.map((own) => own[place]);
    return { ...column, values: column.kind === 'number' ? Float64Array.from(values as number[]) : values.map(String) };
  });
}
