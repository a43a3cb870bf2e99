/** The built-in tables in a browser: files beside the page, which its service worker keeps for use without a network. */
import type { ByteSource, ReadBuiltin } from '../../data/source.js';
import { builtinMissing, checkBuiltinName } from '../builtin-names.js';

/**
 * Reads from the folder `data/` of `base`, the page's address.
 * The answer throws InputError `builtin-missing` where the file is not there or cannot be fetched.
 */
export function builtinsOf(base: string): ReadBuiltin {
  return async (file): Promise<ByteSource> => {
    const url = new URL(`data/${checkBuiltinName(file)}`, base);
    const unreachable = (cause: unknown): never => {
      throw builtinMissing(url.href, 'Connect to the network once: after that the built-in tables are kept.', cause);
    };
    const response = await fetch(url).catch(unreachable);
    // A server of single-page applications answers any address with its page.
    if (!response.ok || response.headers.get('content-type')?.includes('text/html')) {
      throw builtinMissing(url.href, `Put the folder public/data beside the page; the server answered ${response.status}.`);
    }
    return response.blob().catch(unreachable);
  };
}
