/** The bytes of a file, as many as a model may have. */
import { bytesWithin } from '../../base/bytes-within.js';
import { modelTooLarge, mostBytes } from './damaged.js';

/** @throws InputError `model-too-large` */
export const wholeOf = (file: { stream(): ReadableStream<Uint8Array> }): Promise<Uint8Array> =>
  bytesWithin(file.stream(), mostBytes, modelTooLarge);
