/** What a served model takes and gives, column by column: the same for every protocol. */
import type { AnswerColumn } from '../infer/targets/answer-form.js';
import { answerForm } from '../infer/targets/table.js';
import type { PictureSize } from '../spec/field.js';
import { isNumeric } from '../spec/field-type.js';
import type { ModelRecord } from '../spec/trained.js';

export interface Input {
  /** The raw column. */
  name: string;
  /** Times are given as texts such as 2024-05-31, or as numbers as the file that was learnt from has them. */
  kind: 'number' | 'text' | 'datetime' | 'picture';
  /** Of a picture: what it is brought to. */
  size?: PictureSize;
}

/** `prediction`, and what `benchwright predict` writes beside it. */
export type Output = AnswerColumn;

export interface Signature {
  inputs: readonly Input[];
  outputs: readonly Output[];
}

export function signatureOf({ fields, pipeline }: ModelRecord): Signature {
  const inputs = fields.map(({ name, type, picture }): Input => {
    if (type === 'picture' && picture) return { name, kind: 'picture', size: picture };
    if (type === 'datetime') return { name, kind: 'datetime' };
    return { name, kind: isNumeric(type) ? 'number' : 'text' };
  });
  const { target } = pipeline;
  return { inputs, outputs: answerForm(target).columns(target) };
}
