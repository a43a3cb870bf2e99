// The kernels that a plan is run with. All of them are plain functions over one imported memory: addresses are bytes, counts
// and strides are 32-bit floats. There is no allocator and no static data in here: src/compute/wasm/memory.ts owns the memory.
export { activate, activateGradient } from './activation';
export { adam } from './adam';
export { dropout } from './dropout';
export { gemm, sumColumns } from './gemm';
export { meanSquaredError, softmax, softmaxCrossEntropy } from './loss';
