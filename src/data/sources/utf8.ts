/** Where UTF-8 goes wrong: the platform's decoder says that it does, and not at which byte. The rules are RFC 3629's. */

/** The place of the first byte that does not begin a well-formed character; −1 where all are. */
export function firstInvalidUtf8(bytes: Uint8Array): number {
  for (let index = 0; index < bytes.length; ) {
    const lead = bytes[index];
    if (lead < 0x80) {
      index += 1;
      continue;
    }
    const length = characterLength(lead);
    if (length === 0 || index + length > bytes.length) return index;
    const second = bytes[index + 1];
    // Overlong forms, surrogates and what lies beyond U+10FFFF are ruled out by the second byte.
    const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) return index;
    for (let next = index + 2; next < index + length; next++) if ((bytes[next] & 0xc0) !== 0x80) return index;
    index += length;
  }
  return -1;
}

/** How many bytes at the end begin a character whose rest is still to come: 0 to 3. */
export function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if ((byte & 0xc0) === 0x80) continue;
    return characterLength(byte) > back ? back : 0;
  }
  return 0;
}

/** Bytes of the character that this byte begins; 0 where it begins none. */
function characterLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}
