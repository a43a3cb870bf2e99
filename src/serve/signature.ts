/** What a served model takes and gives, column by column: the same for every protocol. */
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

export interface Output {
  /** `prediction`, and what `benchwright predict` writes beside it. */
  name: string;
  kind: 'number' | 'text';
}

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
  const isNumber = target.kind === 'value' || target.kind === 'series';
  const outputs = answerForm(target)
    .columns(target)
    // Of values and forecasts the value itself is predicted; of everything else a name for it: a class, labels, or whether it is an anomaly.
    .map(({ name }): Output => ({ name, kind: name === 'prediction' && !isNumber ? 'text' : 'number' }));
  return { inputs, outputs };
}
