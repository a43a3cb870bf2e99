// General matrix multiplication. B is packed into panels of eight columns, A is read through two strides, so that every
// transposed product is the same loop; a register tile is 4 × 8. The order of additions depends on the depth alone: a row's
// result is the same whatever other rows stand beside it.
import { activateVector, LINEAR, RELU, relu } from './activation';
import { multiplyAdd } from './vector';

/** Bytes of one packed row of B: eight floats. */
const PANEL: usize = 32;
/** A block of A, 128 × 256 floats, stays in the second cache while every panel of B, 256 × 8 floats, passes through the first. */
const BLOCK_ROWS: i32 = 128;
const BLOCK_DEPTH: i32 = 256;
/** A transposed A is copied to strips of four rows when it is read this often: read as it lies, its rows fall on the same cache lines. */
const WORTH_PACKING_COLUMNS: i32 = 16;

/**
 * C[rows, columns] = activation(A · B + bias), C row-major without gaps.
 * @param aRow,aDepth,bDepth,bColumn distances in floats between neighbours along that axis
 * @param scratch see `gemmScratch` in kernels.ts: one row of bias, a panel of B, an edge tile, a block of A
 * @param bias [columns], or 0 for none
 */
export function gemm(
  a: usize, aRow: i32, aDepth: i32,
  b: usize, bDepth: i32, bColumn: i32,
  c: usize, rows: i32, columns: i32, depth: i32,
  scratch: usize, bias: usize, activation: i32,
): void {
  const packA = aRow == 1 && columns > WORTH_PACKING_COLUMNS;
  const strips = scratch + <usize>(1 + BLOCK_DEPTH + 4) * PANEL;
  for (let k = 0; k < depth; k += BLOCK_DEPTH) {
    const blockDepth = min(depth - k, BLOCK_DEPTH);
    const isLast = k + blockDepth == depth;
    for (let row = 0; row < rows; row += BLOCK_ROWS) {
      const blockRows = min(rows - row, BLOCK_ROWS);
      const corner = a + ((<usize>row * aRow + <usize>k * aDepth) << 2);
      if (packA) packStrips(corner, aDepth, blockRows, blockDepth, strips);
      multiplyBlock(
        packA ? strips : corner,
        packA ? 4 : (<usize>aRow) << 2,
        packA ? 16 : (<usize>aDepth) << 2,
        packA ? (<usize>blockDepth) << 4 : (<usize>aRow) << 4,
        b + ((<usize>k * bDepth) << 2), bDepth, bColumn,
        c + ((<usize>row * columns) << 2), blockRows, columns, blockDepth,
        scratch, k == 0 ? bias : 0, k == 0, isLast ? activation : LINEAR,
      );
    }
  }
}

/** One block of A times all of B, added to C where it is not the first along the depth. Distances are in bytes here. */
function multiplyBlock(
  a: usize, aRowBytes: usize, aDepthBytes: usize, aStripBytes: usize,
  b: usize, bDepth: i32, bColumn: i32,
  c: usize, rows: i32, columns: i32, depth: i32,
  scratch: usize, bias: usize, isFirst: bool, activation: i32,
): void {
  const cRowBytes = (<usize>columns) << 2;
  const packed = scratch + PANEL;
  const edge = packed + <usize>BLOCK_DEPTH * PANEL;
  for (let column = 0; column < columns; column += 8) {
    const width = min(columns - column, 8);
    packBias(bias, column, width, scratch);
    packPanel(b + ((<usize>column * bColumn) << 2), bDepth, bColumn, width, depth, packed);
    let a0 = a;
    for (let row = 0; row < rows; row += 4, a0 += aStripBytes) {
      const height = min(rows - row, 4);
      // Rows below the last one repeat it; what they give is not kept.
      const a1 = height > 1 ? a0 + aRowBytes : a0;
      const a2 = height > 2 ? a1 + aRowBytes : a1;
      const a3 = height > 3 ? a2 + aRowBytes : a2;
      const target = c + <usize>row * cRowBytes + ((<usize>column) << 2);
      const isWhole = width == 8 && height == 4;
      const tile = isWhole ? target : edge;
      const tileRowBytes = isWhole ? cRowBytes : PANEL;
      if (!isWhole && !isFirst) copyRows(target, cRowBytes, edge, PANEL, height, width);
      // Sums begin with the bias, the same for every row, or go on from what stands in C.
      const start = isFirst ? scratch : tile;
      const startRowBytes = isFirst ? 0 : tileRowBytes;
      if (width > 4) multiplyTile8(a0, a1, a2, a3, aDepthBytes, packed, depth, start, startRowBytes, tile, tileRowBytes, activation == RELU);
      else multiplyTile4(a0, a1, a2, a3, aDepthBytes, packed, depth, start, startRowBytes, tile, tileRowBytes, activation == RELU);
      if (activation > RELU) activateTile(tile, tileRowBytes, activation);
      if (!isWhole) copyRows(edge, PANEL, target, cRowBytes, height, width);
    }
  }
}

/** Copies a block of a transposed A to strips [depth, 4]. The last strip may hold fewer rows. */
function packStrips(a: usize, aDepth: i32, rows: i32, depth: i32, strips: usize): void {
  const depthBytes = (<usize>aDepth) << 2;
  for (let row = 0; row < rows; row += 4, a += 16) {
    let source = a;
    const end = strips + ((<usize>depth) << 4);
    if (row + 4 <= rows) {
      for (; strips < end; strips += 16, source += depthBytes) v128.store(strips, v128.load(source));
    } else {
      for (; strips < end; strips += 16, source += depthBytes) {
        for (let lane = 0; lane < rows - row; lane++) store<f32>(strips + (lane << 2), load<f32>(source + (lane << 2)));
      }
    }
  }
}

/** Eight floats of bias, or zeros. */
function packBias(bias: usize, column: i32, width: i32, target: usize): void {
  v128.store(target, f32x4.splat(0));
  v128.store(target, f32x4.splat(0), 16);
  if (bias) memory.copy(target, bias + ((<usize>column) << 2), (<usize>width) << 2);
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
  if (width == 8 && bDepth == 1) {
    for (; packed + 3 * PANEL < end; packed += 4 * PANEL, b += 16) {
      transpose4(b, columnBytes, packed);
      transpose4(b + 4 * columnBytes, columnBytes, packed + 16);
    }
  }
  for (; packed < end; packed += PANEL, b += depthBytes) {
    let source = b;
    for (let lane: usize = 0; lane < PANEL; lane += 4, source += columnBytes) {
      store<f32>(packed + lane, lane < (<usize>width) << 2 ? load<f32>(source) : 0);
    }
  }
}

/** Four runs of four floats, `runBytes` apart, become four columns of a panel. */
@inline
function transpose4(source: usize, runBytes: usize, packed: usize): void {
  const r0 = v128.load(source);
  const r1 = v128.load(source + runBytes);
  const r2 = v128.load(source + 2 * runBytes);
  const r3 = v128.load(source + 3 * runBytes);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(packed, v128.shuffle<f64>(low01, low23, 0, 2));
  v128.store(packed + PANEL, v128.shuffle<f64>(low01, low23, 1, 3));
  v128.store(packed + 2 * PANEL, v128.shuffle<f64>(high01, high23, 0, 2));
  v128.store(packed + 3 * PANEL, v128.shuffle<f64>(high01, high23, 1, 3));
}

function multiplyTile8(
  a0: usize, a1: usize, a2: usize, a3: usize, aDepthBytes: usize,
  packed: usize, depth: i32, start: usize, startRowBytes: usize, tile: usize, tileRowBytes: usize, isRelu: bool,
): void {
  let c00 = v128.load(start), c01 = v128.load(start, 16);
  start += startRowBytes;
  let c10 = v128.load(start), c11 = v128.load(start, 16);
  start += startRowBytes;
  let c20 = v128.load(start), c21 = v128.load(start, 16);
  start += startRowBytes;
  let c30 = v128.load(start), c31 = v128.load(start, 16);
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
  if (isRelu) {
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
  packed: usize, depth: i32, start: usize, startRowBytes: usize, tile: usize, tileRowBytes: usize, isRelu: bool,
): void {
  let c0 = v128.load(start);
  start += startRowBytes;
  let c1 = v128.load(start);
  start += startRowBytes;
  let c2 = v128.load(start);
  start += startRowBytes;
  let c3 = v128.load(start);
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
  if (isRelu) c0 = relu(c0), c1 = relu(c1), c2 = relu(c2), c3 = relu(c3);
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

function copyRows(source: usize, sourceRowBytes: usize, target: usize, targetRowBytes: usize, height: i32, width: i32): void {
  for (let row = 0; row < height; row++, source += sourceRowBytes, target += targetRowBytes) {
    memory.copy(target, source, (<usize>width) << 2);
  }
}

/** Rows that are summed up by themselves: their sums are then added, so that many rows cost few digits. */
const SUMMED_ROWS: i32 = 256;

/** sums[columns] = the sum of each column of a row-major [rows, columns]. */
export function sumColumns(matrix: usize, sums: usize, rows: i32, columns: i32): void {
  const rowBytes = (<usize>columns) << 2;
  const whole = rowBytes & ~15;
  memory.fill(sums, 0, rowBytes);
  for (let row = 0; row < rows; row += SUMMED_ROWS, matrix += <usize>SUMMED_ROWS * rowBytes) {
    const bytes = <usize>min(rows - row, SUMMED_ROWS) * rowBytes;
    let offset: usize = 0;
    for (; offset < whole; offset += 16) {
      let sum = f32x4.splat(0);
      for (let place: usize = offset; place < bytes; place += rowBytes) sum = f32x4.add(sum, v128.load(matrix + place));
      v128.store(sums + offset, f32x4.add(v128.load(sums + offset), sum));
    }
    for (; offset < rowBytes; offset += 4) {
      let sum: f32 = 0;
      for (let place: usize = offset; place < bytes; place += rowBytes) sum += load<f32>(matrix + place);
      store<f32>(sums + offset, load<f32>(sums + offset) + sum);
    }
  }
}
