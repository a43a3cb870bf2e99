/** Compressing long tails on both sides of zero: sign(v) · log(1 + |v|), which keeps order, sign and zero. */
import { exponentialMinus1, logarithm1p } from '../../base/elementary.js';
import { moments } from './moments.js';

export type Transform = 'none' | 'signed-log';

export const signedLog = (value: number): number => Math.sign(value) * logarithm1p(Math.abs(value));

/** Largest logarithm that is still undone to a finite number. */
const largestLogarithm = 700;

export const undoSignedLog = (value: number): number => Math.sign(value) * exponentialMinus1(Math.min(Math.abs(value), largestLogarithm));

export const apply = (transform: Transform, value: number): number => (transform === 'none' ? value : signedLog(value));

/** Skewness from which a few rows decide most of a standardised column. */
const heavySkewness = 2;

/** Signed-log where the values are heavily skewed and it at least halves that. */
export function chooseTransform(values: Float64Array): Transform {
  const skewness = Math.abs(moments(values).skewness);
  return isCompressedBetter(skewness, () => moments(values.map(signedLog)).skewness) ? 'signed-log' : 'none';
}

/** @param compressed answers the skewness of the signed logarithms */
export const isCompressedBetter = (skewness: number, compressed: () => number): boolean =>
  skewness > heavySkewness && Math.abs(compressed()) < skewness / 2;
