/** The decoders of picture files, whose addresses are not part of the first screen. */
import type { LoadDecoder } from '../../data/pictures/decoder.js';

export const loadDecoder: LoadDecoder = async (format) => (await import('./decoder.js')).loadDecoder(format);
