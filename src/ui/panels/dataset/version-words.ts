/** Versions of a table in words. */
import type { MovedFigure, VersionSummary } from '../../../data/datasets.js';
import { count, figure, percentage } from '../../format.js';

const howWords: Record<VersionSummary['how'], string> = {
  imported: 'imported',
  replaced: 'rows replaced',
  appended: 'rows appended',
  retyped: 'types changed',
  refreshed: 'read anew',
};

export const origin = ({ how, from }: VersionSummary): string =>
  from ? `${howWords[how]}${how === 'retyped' ? ': ' : ', from '}${from}` : howWords[how];

export const figureWords: Record<MovedFigure['figure'], string> = {
  missing: 'missing values',
  distinct: 'distinct values',
  mean: 'mean',
  median: 'median',
  standardDeviation: 'standard deviation',
  minimum: 'least',
  maximum: 'greatest',
};

export const figureValue = (value: number, name: MovedFigure['figure']): string =>
  name === 'missing' ? percentage(value) : name === 'distinct' ? count(value) : figure(value);

/** How far it is, in words and not in colour alone. */
export const shiftWords = ({ shift }: MovedFigure): string => (shift >= 0.5 ? 'far' : shift >= 0.1 ? 'somewhat' : 'a little');
