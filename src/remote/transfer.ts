/** Which buffers of a value can be moved to another thread instead of being copied. */

/**
 * The buffers of all typed arrays in plain objects and arrays, each once. A view of a part of a buffer is left out: moving it
 * would take the rest away from its owner.
 */
export function wholeBuffers(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if (ArrayBuffer.isView(part)) {
      const { buffer, byteLength } = part;
      if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffers.add(buffer);
    } else if (Array.isArray(part)) {
      // An array of strings or numbers holds no buffers: its first element tells.
      if (typeof part[0] === 'object') part.forEach(visit);
    } else {
      Object.values(part).forEach(visit);
    }
  };
  visit(value);
  return [...buffers];
}
