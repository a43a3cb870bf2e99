/** Every kind of step that ONNX files have words for. Of the others the transformed numbers are asked for. To add one: a file beside this one, and its line here. */
import type { FittedStep } from '../../../../spec/fitted-steps.js';
import type { OnnxStep } from '../step.js';
import { category, embedding, ordinal, target } from './categories.js';
import { date } from './date.js';
import { hashing } from './hashing.js';
import { number } from './number.js';
import { picture } from './picture.js';
import { tokens } from './tokens.js';

type Table = { readonly [Kind in FittedStep['kind']]?: OnnxStep<Kind> };

const table: Table = { category, date, embedding, hashing, number, ordinal, picture, target, tokens };

export const onnxStep = <Kind extends FittedStep['kind']>(kind: Kind): OnnxStep<Kind> | undefined =>
  Object.hasOwn(table, kind) ? (table[kind] as unknown as OnnxStep<Kind>) : undefined;
