/** Telling Arrow by how it begins: a file by its mark, a stream by the length of a message that fits. */
const magic = [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31];

export function isArrow(start: Uint8Array): boolean {
  if (magic.every((byte, index) => start[index] === byte)) return true;
  if (start.length < 16) return false;
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const length = view.getInt32(4, true);
  return view.getInt32(0, true) === -1 && length >= 16 && length % 8 === 0 && length < 2 ** 26;
}
