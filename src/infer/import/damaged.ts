/** What is said of a file that is no model of ours. */
import { InputError } from '../../base/errors.js';

const advice = 'Export the model again, and copy the file as it is.';

export const modelDamaged = (how: string, cause?: unknown): InputError =>
  new InputError('model-damaged', `This file is no whole model: ${how}.`, { advice, cause });

export const modelForeign = (): InputError =>
  new InputError('model-foreign', 'This safetensors file was not written by Benchwright: it says nothing about columns and classes.', {
    advice: 'Give a file that "benchwright export" wrote, or the model as an ONNX file.',
  });
