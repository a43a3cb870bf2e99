/** What is said of a file that is no model of ours. */
import { InputError } from '../../base/errors.js';

/** A larger one is not looked at: it is read whole. */
export const mostBytes = 2 ** 30;

const advice = 'Export the model again, and copy the file as it is.';

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
