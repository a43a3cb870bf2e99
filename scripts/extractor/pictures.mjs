/** The four files of Fashion-MNIST (MIT, Zalando SE), as Debian's `dataset-fashion-mnist` has them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Pixels [rows, 28, 28] and labels [rows] of one part, `train` or `t10k`. */
export function fashionPart(folder, part) {
  const content = (name) => gunzipSync(readFileSync(join(folder, `${part}-${name}-ubyte.gz`)));
  return { pixels: new Uint8Array(content('images-idx3').subarray(16)), labels: new Uint8Array(content('labels-idx1').subarray(8)) };
}

const side = 28;
const turns = 4;
const clothes = 10;

/** As `turned` numbers them. */
export const classNames = Array.from(
  { length: clothes * turns },
  (_, index) => `${Math.floor(index / turns)} turned ${(index % turns) * 90}`,
);

/**
 * Every picture in one quarter-turn, chosen by a seeded generator, and as its class the label and the turn together: whoever can tell them
 * apart knows shapes and where they point, not clothes alone (1803.07728).
 */
export function turned({ pixels, labels }, random) {
  const rows = labels.length;
  const result = { pixels: new Uint8Array(pixels.length), labels: new Uint8Array(rows) };
  for (let row = 0; row < rows; row++) {
    const turn = random.integer(turns);
    result.labels[row] = labels[row] * turns + turn;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const [fromY, fromX] = source(y, x, turn);
        result.pixels[(row * side + y) * side + x] = pixels[(row * side + fromY) * side + fromX];
      }
    }
  }
  return result;
}

function source(y, x, turn) {
  const last = side - 1;
  return [
    [y, x],
    [x, last - y],
    [last - y, last - x],
    [last - x, y],
  ][turn];
}
