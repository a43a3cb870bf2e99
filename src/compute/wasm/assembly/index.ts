// The kernels that a plan is run with. All of them are plain functions over one imported memory: addresses are bytes, counts
// and strides are 32-bit floats. There is no allocator and no static data in here: src/compute/wasm/memory.ts owns the memory.
export { activate, activateGradient } from './activation';
export { adam } from './adam';
export { attend, attendGradient } from './attention';
export { add, addToRows, copyColumns, fillZero } from './branches';
export { clipByNorm, clipByValue } from './clip';
export { convolve } from './convolution';
export { convolveInputGradient, convolveWeightsGradient } from './convolution-gradient';
export { convolveDepthwise, convolveDepthwiseInputGradient, convolveDepthwiseWeightsGradient } from './depthwise';
export { dropout } from './dropout';
export { embed, embedGradient } from './embedding';
export { gemm, sumColumns } from './gemm';
export { huber, meanAbsoluteError, meanSquaredError, sigmoidCrossEntropy, softmax, softmaxCrossEntropy } from './loss';
export {
  batchMoments,
  batchNormalizationGradient,
  inverseDeviations,
  layerNormalization,
  layerNormalizationGradient,
  normalizeChannels,
} from './normalization';
export { averagePool, globalAverage, maximumPool, maximumPoolGradient } from './pooling';
export { recurrentStep, recurrentStepGradient } from './recurrent';
export { globalMaximum, globalMaximumGradient, maskedAverage, maskOf } from './sequence';
export { rmsprop, sgd } from './sgd';
