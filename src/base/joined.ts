/** Typed arrays one after the other, as one. */
type Numbers = Uint8Array | Int8Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** @param make an array of zeros, of so many numbers */
export function joined<Values extends Numbers>(pieces: readonly Values[], make: (length: number) => Values): Values {
  const whole = make(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

export const joinedBytes = (pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  joined(pieces, (length) => new Uint8Array(length)) as Uint8Array<ArrayBuffer>;
