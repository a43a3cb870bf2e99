// Where branches of a network meet and part. Buffers are padded to whole vectors, so that sums need no tail.

/** Numbers that are copied one by one. */
const FEW: i32 = 8;

/** output = one + other; the output may be either of them. */
export function add(one: usize, other: usize, output: usize, count: i32): void {
  for (let offset: usize = 0, end = (<usize>count) << 2; offset < end; offset += 16) {
    v128.store(output + offset, f32x4.add(v128.load(one + offset), v128.load(other + offset)));
  }
}

/** output[rows, width] = input[rows, width] + row[width] */
export function addToRows(input: usize, row: usize, output: usize, rows: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  const whole = bytes & ~15;
  for (let index = 0; index < rows; index++, input += bytes, output += bytes) {
    let offset: usize = 0;
    for (; offset < whole; offset += 16) v128.store(output + offset, f32x4.add(v128.load(input + offset), v128.load(row + offset)));
    for (; offset < bytes; offset += 4) store<f32>(output + offset, load<f32>(input + offset) + load<f32>(row + offset));
  }
}

/** Copies [rows, width] between buffers whose rows are so many floats apart. */
export function copyColumns(source: usize, sourceStride: i32, target: usize, targetStride: i32, rows: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  for (let row = 0; row < rows; row++, source += (<usize>sourceStride) << 2, target += (<usize>targetStride) << 2) {
    // A copy of a few numbers, such as one column of a table, costs more to begin than to do.
    if (width > FEW) memory.copy(target, source, bytes);
    else for (let offset: usize = 0; offset < bytes; offset += 4) store<f32>(target + offset, load<f32>(source + offset));
  }
}

export function fillZero(target: usize, count: i32): void {
  memory.fill(target, 0, (<usize>count) << 2);
}
