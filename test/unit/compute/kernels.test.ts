import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.js';
import { dropoutKey, dropoutMask, dropoutThreshold } from '../../../src/compute/plan/dropout.js';
import { activationCode, compileKernels, instantiateKernels, type Kernels } from '../../../src/compute/wasm/kernels.js';
import { KernelMemory } from '../../../src/compute/wasm/memory.js';
import { activate } from '../../contract/engine/reference.js';

let memory: KernelMemory;
let kernels: Kernels;
beforeAll(async () => {
  memory = new KernelMemory();
  kernels = instantiateKernels(await compileKernels(), memory.memory);
});

/** Places numbers in the kernels' memory. */
const place = (values: ArrayLike<number>): number => {
  const address = memory.allocate(values.length + 8);
  memory.view(address, values.length).set(values);
  return address;
};

describe('elementary functions', () => {
  const points = Float32Array.from({ length: 40_004 }, (_, index) => (index - 20_002) / 200);

  it.each([
    ['tanh', 1.5e-7],
    ['sigmoid', 1.5e-7],
    ['gelu', 1e-6],
  ] as const)('%s stays within %d of double precision from −100 to 100', (name, tolerance) => {
    const from = place(points);
    const to = place(points);
    kernels.activate(activationCode(name), from, to, points.length);
    const answers = memory.view(to, points.length);
    const worst = points.reduce(
      (largest, x, index) => Math.max(largest, Math.abs(answers[index] - activate[name](x)) / Math.max(1, Math.abs(x))),
      0,
    );
    expect(worst).toBeLessThan(tolerance);
    expect(worst).toBeGreaterThan(0);
  });

  it('let what is not a number through', () => {
    for (const name of ['relu', 'tanh', 'sigmoid', 'gelu'] as const) {
      const at = place([Number.NaN, 1, 2, 3]);
      kernels.activate(activationCode(name), at, at, 4);
      expect(memory.view(at, 1)[0]).toBeNaN();
    }
  });

  it('give a softmax that neither overflows nor underflows to nothing', () => {
    const at = place([1000, 0, -1000, 1000, 3, 3, 3, 3, 3]);
    kernels.softmax(at, at, 1, 9);
    expect(Array.from(memory.view(at, 9), (value) => Number(value.toFixed(6)))).toEqual([0.5, 0, 0, 0.5, 0, 0, 0, 0, 0]);
  });
});

describe('matrix products', () => {
  const random = new Random(3);
  const numbers = (length: number): number[] => Array.from({ length }, () => Math.fround(random.normal()));

  /** [rows, depth] · [depth, columns] in double precision. */
  const product = (a: number[], b: number[], rows: number, columns: number, depth: number): number[] =>
    Array.from({ length: rows * columns }, (_, index) => {
      let sum = 0;
      for (let k = 0; k < depth; k++) sum += a[Math.floor(index / columns) * depth + k] * b[k * columns + (index % columns)];
      return sum;
    });
  const transposed = (matrix: number[], rows: number, columns: number): number[] =>
    Array.from({ length: matrix.length }, (_, index) => matrix[(index % rows) * columns + Math.floor(index / rows)]);

  const sizes = [1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 17];
  it.each(sizes)('are right for every shape with %d rows, straight and transposed', (rows) => {
    for (const columns of sizes) {
      for (const depth of [1, 3, 8, 19]) {
        const [a, b] = [numbers(rows * depth), numbers(depth * columns)];
        const expected = product(a, b, rows, columns, depth);
        const to = place(new Float32Array(rows * columns + 4).fill(77));
        const straight: [number, number, number] = [place(a), depth, 1];
        const turned: [number, number, number] = [place(transposed(a, rows, depth)), 1, rows];
        for (const [left, right] of [
          [straight, [place(b), columns, 1]],
          [turned, [place(b), columns, 1]],
          [straight, [place(transposed(b, depth, columns)), 1, depth]],
        ]) {
          kernels.gemm(left[0], left[1], left[2], right[0], right[1], right[2], to, rows, columns, depth, memory.scratch, 0, 0);
          const answers = memory.view(to, rows * columns);
          expect(Math.max(...expected.map((value, index) => Math.abs(value - answers[index])))).toBeLessThan(1e-5);
          expect(Array.from(memory.view(to + 4 * rows * columns, 4))).toEqual([77, 77, 77, 77]);
        }
      }
    }
  });

  it('are right beyond one block of rows and one of depth', () => {
    for (const [rows, columns, depth] of [
      [131, 21, 259],
      [3, 5, 520],
      [260, 3, 257],
    ]) {
      const [a, b] = [numbers(rows * depth), numbers(depth * columns)];
      const bias = numbers(columns);
      const expected = product(a, b, rows, columns, depth).map((value, index) => Math.max(0, value + bias[index % columns]));
      const to = place(new Float32Array(rows * columns));
      for (const [address, aRow, aDepth] of [
        [place(a), depth, 1],
        [place(transposed(a, rows, depth)), 1, rows],
      ]) {
        kernels.gemm(
          address,
          aRow,
          aDepth,
          place(b),
          columns,
          1,
          to,
          rows,
          columns,
          depth,
          memory.scratch,
          place(bias),
          activationCode('relu'),
        );
        const answers = memory.view(to, rows * columns);
        expect(expected.reduce((worst, value, index) => Math.max(worst, Math.abs(value - answers[index])), 0)).toBeLessThan(1e-4);
      }
    }
  });

  it('give a row the same bits whatever stands beside it', () => {
    const [rows, columns, depth] = [11, 13, 37];
    const [left, right, bias] = [place(numbers(rows * depth)), place(numbers(depth * columns)), place(numbers(columns))];
    const [all, one] = [place(new Float32Array(rows * columns)), place(new Float32Array(columns))];
    kernels.gemm(left, depth, 1, right, columns, 1, all, rows, columns, depth, memory.scratch, bias, activationCode('tanh'));
    for (let row = 0; row < rows; row++) {
      kernels.gemm(
        left + 4 * row * depth,
        depth,
        1,
        right,
        columns,
        1,
        one,
        1,
        columns,
        depth,
        memory.scratch,
        bias,
        activationCode('tanh'),
      );
      expect(memory.view(one, columns)).toEqual(memory.view(all + 4 * row * columns, columns));
    }
  });
});

describe('dropout', () => {
  it('is the mask that the plan gives every other device', () => {
    const key = dropoutKey(2 ** 40 + 5, 123, 4);
    const at = place(new Float32Array(1003).fill(1));
    kernels.dropout(at, at, 1003, 0, key, dropoutThreshold(0.3), 1 / (1 - 0.3));
    expect(memory.view(at, 1003)).toEqual(dropoutMask(key, 0.3, 1003));
    // Of a part of a batch, the elements keep the places that they have in the whole.
    memory.view(at, 1003).fill(1);
    kernels.dropout(at, at, 503, 500, key, dropoutThreshold(0.3), 1 / (1 - 0.3));
    expect(memory.view(at, 503)).toEqual(dropoutMask(key, 0.3, 1003).subarray(500));
  });
});
