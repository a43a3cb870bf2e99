/**
 * Windows-1252 to text, by the table of https://encoding.spec.whatwg.org/#windows-1252. Node 20's TextDecoder of that name
 * reads Latin-1 instead, and € would be another character there than in a page.
 */

/** The characters of bytes 0x80 to 0x9f; all others are their own code points. */
const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const table = Array.from({ length: 256 }, (_, byte) => (byte >= 0x80 && byte < 0xa0 ? high[byte - 0x80] : String.fromCharCode(byte)));

export function decodeWindows1252(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += table[byte];
  return text;
}
