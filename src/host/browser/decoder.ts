/** The decoders of picture files in a browser: files beside the scripts, fetched when the first picture of a format is opened. */
import jpeg from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm?url';
import png from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm?url';
import webp from '@jsquash/webp/codec/dec/webp_dec.wasm?url';
import { InputError } from '../../base/errors.js';
import type { LoadDecoder } from '../../data/pictures/decoder.js';

const files = { png, jpeg, webp };

export const loadDecoder: LoadDecoder = async (format) => {
  try {
    const response = await fetch(new URL(files[format], import.meta.url));
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch (cause) {
    throw new InputError('no-decoder', `The decoder of ${format} pictures could not be loaded.`, {
      advice: 'Connect to the network once: after that it is kept.',
      cause,
    });
  }
};
