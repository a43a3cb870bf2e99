/** What is said of a file that is no model of ours. */
import type * as z from 'zod/mini';
import { BenchwrightError, InputError } from '../../base/errors.js';
import { validate } from '../../spec/validate.js';

/** A larger one is not looked at: it is read whole. */
export const mostBytes = 2 ** 30;

const advice = 'Export the model again, and copy the file as it is.';

/** What an error says, as the end of a sentence of ours. */
export const whyOf = (cause: unknown, otherwise = 'it cannot be read'): string =>
  cause instanceof BenchwrightError ? cause.message.replace(/\.$/, '') : otherwise;

/** @param what in a word @throws InputError `model-damaged` where it has another form */
export function checkedPart<Schema extends z.ZodMiniType>(schema: Schema, value: unknown, what: string): z.infer<Schema> {
  try {
    return validate(schema, value, what);
  } catch (cause) {
    throw modelDamaged(whyOf(cause, `its ${what} has another form`), cause);
  }
}

export const modelDamaged = (how: string, cause?: unknown): InputError =>
  new InputError('model-damaged', `This file is no whole model: ${how}.`, { advice, cause });

export const modelTooLarge = (bytes: number): InputError =>
  new InputError('model-too-large', `The file has ${bytes} bytes; a model of at most ${mostBytes} can be read.`, {
    advice: 'Give a smaller model, such as one in half precision.',
  });

export const modelForeign = (): InputError =>
  new InputError('model-foreign', 'This safetensors file was not written by Benchwright: it says nothing about columns and classes.', {
    advice: 'Give a file that "benchwright export" wrote, or the model as an ONNX file.',
  });
