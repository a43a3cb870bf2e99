/** The decoders of picture files in Node: files of the packages that they come in. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { LoadDecoder } from '../../data/pictures/decoder.js';

const files = {
  png: '@jsquash/png/codec/pkg/squoosh_png_bg.wasm',
  jpeg: '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  webp: '@jsquash/webp/codec/dec/webp_dec.wasm',
};

export const loadDecoder: LoadDecoder = async (format) =>
  WebAssembly.compile(await readFile(createRequire(import.meta.url).resolve(files[format])));
