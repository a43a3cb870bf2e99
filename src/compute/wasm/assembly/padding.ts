// Pictures in the middle of larger ones. A convolution with padding is one without over a padded copy, one picture at a time, which stays
// in the first cache.

/** Copies [height, width × channels] into rows of `targetRowBytes`, from `target` on. */
export function copyPicture(source: usize, sourceRowBytes: usize, target: usize, targetRowBytes: usize, height: i32, rowBytes: usize): void {
  for (let row = 0; row < height; row++, source += sourceRowBytes, target += targetRowBytes) memory.copy(target, source, rowBytes);
}
