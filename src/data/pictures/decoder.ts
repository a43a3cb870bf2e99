/** Decoders of picture files, compiled to WebAssembly: the same bits on every host, which their own decoders do not promise. */
import { InputError } from '../../base/errors.js';

export type PictureFormat = 'png' | 'jpeg' | 'webp';

/** Given by the host: compiles the decoder of a format, whose file stands beside the page or in the package. */
export type LoadDecoder = (format: PictureFormat) => Promise<WebAssembly.Module>;

export const noDecoder: LoadDecoder = async (format) => {
  throw new InputError('no-decoder', `Pictures in the format ${format} cannot be decoded here.`, {
    advice: 'Open the workbench of a page or of Node.',
  });
};
