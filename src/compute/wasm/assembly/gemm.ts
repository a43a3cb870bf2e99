// General matrix multiplication. B is packed into panels of eight columns, A is read through two strides, so that every
// transposed product is the same loop; a register tile is 4 × 8. The order of additions depends on the depth alone: a row's
// result is the same whatever other rows stand beside it.
import { activateVector, RELU, relu } from './activation';
import { multiplyAdd } from './vector';

/** Bytes of one packed row: eight floats. */
const PANEL: usize = 32;

/**
 * C[rows, columns] = activation(A · B + bias), C row-major without gaps.
 * @param aRow,aDepth,bDepth,bColumn distances in floats between neighbours along that axis
 * @param packed (depth + 5) × 8 floats of scratch
 * @param bias [columns], or 0 for none
 */
export function gemm(
  a: usize, aRow: i32, aDepth: i32,
  b: usize, bDepth: i32, bColumn: i32,
  c: usize, rows: i32, columns: i32, depth: i32,
  packed: usize, bias: usize, activation: i32,
): void {
  const aRowBytes = (<usize>aRow) << 2;
  const aDepthBytes = (<usize>aDepth) << 2;
  const cRowBytes = (<usize>columns) << 2;
  const edge = packed + (<usize>(depth + 1)) * PANEL;
  for (let column = 0; column < columns; column += 8) {
    const width = min(columns - column, 8);
    packBias(bias, column, width, packed);
    packPanel(b + ((<usize>(column * bColumn)) << 2), bDepth, bColumn, width, depth, packed + PANEL);
    for (let row = 0; row < rows; row += 4) {
      const height = min(rows - row, 4);
      // Rows below the last one repeat it; what they give is not kept.
      const a0 = a + <usize>row * aRowBytes;
      const a1 = height > 1 ? a0 + aRowBytes : a0;
      const a2 = height > 2 ? a1 + aRowBytes : a1;
      const a3 = height > 3 ? a2 + aRowBytes : a2;
      const target = c + <usize>row * cRowBytes + ((<usize>column) << 2);
      const whole = width == 8 && height == 4;
      const tile = whole ? target : edge;
      const tileRowBytes = whole ? cRowBytes : PANEL;
      if (width > 4) multiplyTile8(a0, a1, a2, a3, aDepthBytes, packed, depth, tile, tileRowBytes, activation);
      else multiplyTile4(a0, a1, a2, a3, aDepthBytes, packed, depth, tile, tileRowBytes, activation);
      if (activation > RELU) activateTile(tile, tileRowBytes, activation);
      if (!whole) copyEdge(edge, target, cRowBytes, height, width);
    }
  }
}

function packBias(bias: usize, column: i32, width: i32, packed: usize): void {
  v128.store(packed, f32x4.splat(0));
  v128.store(packed, f32x4.splat(0), 16);
  if (bias) memory.copy(packed, bias + ((<usize>column) << 2), (<usize>width) << 2);
}

/** Copies [depth, width] of B to rows of eight floats, the missing columns zero. */
function packPanel(b: usize, bDepth: i32, bColumn: i32, width: i32, depth: i32, packed: usize): void {
  const depthBytes = (<usize>bDepth) << 2;
  const columnBytes = (<usize>bColumn) << 2;
  const end = packed + <usize>depth * PANEL;
  if (width == 8 && bColumn == 1) {
    for (; packed < end; packed += PANEL, b += depthBytes) {
      v128.store(packed, v128.load(b));
      v128.store(packed, v128.load(b, 16), 16);
    }
    return;
  }
  for (let lane = 0; lane < 8; lane++) {
    let source = b + <usize>lane * columnBytes;
    for (let target = packed + ((<usize>lane) << 2); target < end; target += PANEL, source += depthBytes) {
      store<f32>(target, lane < width ? load<f32>(source) : 0);
    }
  }
}

function multiplyTile8(
  a0: usize, a1: usize, a2: usize, a3: usize, aDepthBytes: usize,
  packed: usize, depth: i32, tile: usize, tileRowBytes: usize, activation: i32,
): void {
  let c00 = v128.load(packed), c01 = v128.load(packed, 16);
  let c10 = c00, c11 = c01, c20 = c00, c21 = c01, c30 = c00, c31 = c01;
  packed += PANEL;
  for (const end = packed + <usize>depth * PANEL; packed < end; packed += PANEL) {
    const b0 = v128.load(packed), b1 = v128.load(packed, 16);
    let value = v128.load32_splat(a0);
    c00 = multiplyAdd(value, b0, c00);
    c01 = multiplyAdd(value, b1, c01);
    value = v128.load32_splat(a1);
    c10 = multiplyAdd(value, b0, c10);
    c11 = multiplyAdd(value, b1, c11);
    value = v128.load32_splat(a2);
    c20 = multiplyAdd(value, b0, c20);
    c21 = multiplyAdd(value, b1, c21);
    value = v128.load32_splat(a3);
    c30 = multiplyAdd(value, b0, c30);
    c31 = multiplyAdd(value, b1, c31);
    a0 += aDepthBytes;
    a1 += aDepthBytes;
    a2 += aDepthBytes;
    a3 += aDepthBytes;
  }
  if (activation == RELU) {
    c00 = relu(c00), c01 = relu(c01), c10 = relu(c10), c11 = relu(c11);
    c20 = relu(c20), c21 = relu(c21), c30 = relu(c30), c31 = relu(c31);
  }
  v128.store(tile, c00), v128.store(tile, c01, 16);
  tile += tileRowBytes;
  v128.store(tile, c10), v128.store(tile, c11, 16);
  tile += tileRowBytes;
  v128.store(tile, c20), v128.store(tile, c21, 16);
  tile += tileRowBytes;
  v128.store(tile, c30), v128.store(tile, c31, 16);
}

/** The narrow tile: at most four columns, half the work. */
function multiplyTile4(
  a0: usize, a1: usize, a2: usize, a3: usize, aDepthBytes: usize,
  packed: usize, depth: i32, tile: usize, tileRowBytes: usize, activation: i32,
): void {
  let c0 = v128.load(packed);
  let c1 = c0, c2 = c0, c3 = c0;
  packed += PANEL;
  for (const end = packed + <usize>depth * PANEL; packed < end; packed += PANEL) {
    const b = v128.load(packed);
    c0 = multiplyAdd(v128.load32_splat(a0), b, c0);
    c1 = multiplyAdd(v128.load32_splat(a1), b, c1);
    c2 = multiplyAdd(v128.load32_splat(a2), b, c2);
    c3 = multiplyAdd(v128.load32_splat(a3), b, c3);
    a0 += aDepthBytes;
    a1 += aDepthBytes;
    a2 += aDepthBytes;
    a3 += aDepthBytes;
  }
  if (activation == RELU) c0 = relu(c0), c1 = relu(c1), c2 = relu(c2), c3 = relu(c3);
  v128.store(tile, c0);
  tile += tileRowBytes;
  v128.store(tile, c1);
  tile += tileRowBytes;
  v128.store(tile, c2);
  tile += tileRowBytes;
  v128.store(tile, c3);
}

function activateTile(tile: usize, tileRowBytes: usize, activation: i32): void {
  for (let row = 0; row < 4; row++, tile += tileRowBytes) {
    v128.store(tile, activateVector(activation, v128.load(tile)));
    v128.store(tile, activateVector(activation, v128.load(tile, 16)), 16);
  }
}

function copyEdge(edge: usize, target: usize, cRowBytes: usize, height: i32, width: i32): void {
  for (let row = 0; row < height; row++, edge += PANEL, target += cRowBytes) {
    memory.copy(target, edge, (<usize>width) << 2);
  }
}

/** sums[columns] = the sum of each column of a row-major [rows, columns]. */
export function sumColumns(matrix: usize, sums: usize, rows: i32, columns: i32): void {
  const rowBytes = (<usize>columns) << 2;
  let column = 0;
  for (; column + 4 <= columns; column += 4) {
    const offset = (<usize>column) << 2;
    let sum = f32x4.splat(0);
    let source = matrix + offset;
    for (let row = 0; row < rows; row++, source += rowBytes) sum = f32x4.add(sum, v128.load(source));
    v128.store(sums + offset, sum);
  }
  for (; column < columns; column++) {
    const offset = (<usize>column) << 2;
    let sum: f32 = 0;
    let source = matrix + offset;
    for (let row = 0; row < rows; row++, source += rowBytes) sum += load<f32>(source);
    store<f32>(sums + offset, sum);
  }
}
