/** The steps of a pipeline in plain words, and what may be chosen of each. */
import type { FieldType } from '../../spec/field-type.js';
import { isNumeric } from '../../spec/field-type.js';
import type { DatePart } from '../../spec/fitted-steps.js';
import type { StepKind } from '../../spec/pipeline-spec.js';

export const stepWords: Record<StepKind, string> = {
  number: 'Number, scaled',
  'one-hot': 'One input a category',
  embedding: 'Vector that is learnt',
  ordinal: 'Place in an order',
  hashing: 'Hashed category',
  target: 'Mean of the target',
  date: 'Date: time and clock',
  words: 'Words (TF-IDF)',
  'hashed-words': 'Hashed words',
  tokens: 'Words in their order',
  picture: 'Picture, normalised',
  'leave-out': 'Leave out',
};

export const datePartWords: Record<DatePart, string> = {
  year: 'Time that passes',
  month: 'Month',
  day: 'Day of the month',
  weekday: 'Day of the week',
  hour: 'Hour',
};

const textual: readonly StepKind[] = [
  'one-hot',
  'embedding',
  'ordinal',
  'hashing',
  'target',
  'words',
  'hashed-words',
  'tokens',
  'leave-out',
];
/** They read words, of which a number has none. */
const ofWords: ReadonlySet<StepKind> = new Set(['words', 'hashed-words', 'tokens']);

/** The steps that can read a column. */
export function stepsFor(type: FieldType): readonly StepKind[] {
  if (type === 'picture') return ['picture', 'leave-out'];
  return isNumeric(type) ? ['number', 'date', ...textual.filter((kind) => !ofWords.has(kind))] : textual;
}

export interface StepOption {
  name: string;
  /** Inside this object of the step. */
  within?: 'augment';
  title: string;
  /** To choose from; left out, it is a number. */
  choices?: readonly (readonly [value: string, title: string])[];
  /** A yes or no. */
  flag?: boolean;
  placeholder?: string;
  minimum?: number;
  maximum?: number;
  whole?: boolean;
}

const automatic = ['', 'automatic'] as const;

export const stepOptions: Record<StepKind, readonly StepOption[]> = {
  number: [
    {
      name: 'impute',
      title: 'Missing becomes',
      choices: [automatic, ['median', 'the median'], ['mean', 'the mean'], ['most-frequent', 'the most frequent']],
    },
    {
      name: 'scale',
      title: 'Scale',
      choices: [
        automatic,
        ['standard', 'mean and deviation'],
        ['robust', 'median and quartiles'],
        ['min-max', '0 to 1'],
        ['none', 'as it is'],
      ],
    },
    { name: 'transform', title: 'Long tails', choices: [automatic, ['none', 'as they are'], ['signed-log', 'compressed']] },
    { name: 'indicator', title: 'Say that it was missing', choices: [automatic, ['always', 'always'], ['never', 'never']] },
  ],
  'one-hot': [
    { name: 'most', title: 'Categories, at most', placeholder: '256', minimum: 1, maximum: 65_536, whole: true },
    { name: 'fewest', title: 'Rows of each, at least', placeholder: '3', minimum: 1, maximum: 1_000_000, whole: true },
    { name: 'impute', title: 'Missing becomes', choices: [automatic, ['other', 'any other'], ['most-frequent', 'the most frequent']] },
  ],
  embedding: [
    { name: 'most', title: 'Categories, at most', placeholder: '65536', minimum: 1, maximum: 65_536, whole: true },
    { name: 'fewest', title: 'Rows of each, at least', placeholder: '2', minimum: 1, maximum: 1_000_000, whole: true },
  ],
  ordinal: [],
  hashing: [{ name: 'features', title: 'Inputs', placeholder: '32', minimum: 2, maximum: 65_536, whole: true }],
  target: [
    { name: 'folds', title: 'Folds', placeholder: '5', minimum: 2, maximum: 20, whole: true },
    { name: 'smoothing', title: 'Smoothing, in rows', placeholder: '10', minimum: 0, maximum: 1_000_000 },
  ],
  date: [],
  words: [
    { name: 'ngrams', title: 'Neighbouring words, up to', placeholder: '1', minimum: 1, maximum: 3, whole: true },
    { name: 'most', title: 'Terms, at most', placeholder: '10000', minimum: 2, maximum: 65_536, whole: true },
    { name: 'fewest', title: 'Rows with a term, at least', placeholder: '2', minimum: 1, maximum: 1_000_000, whole: true },
    { name: 'associated', title: 'Only terms that go along with the target', flag: true },
    { name: 'atLeast', title: 'Of these at least', placeholder: '0', minimum: 0, maximum: 65_536, whole: true },
    { name: 'mostShare', title: 'Share of rows, at most', placeholder: '1', minimum: 0, maximum: 1 },
  ],
  'hashed-words': [
    { name: 'ngrams', title: 'Neighbouring words, up to', placeholder: '1', minimum: 1, maximum: 3, whole: true },
    { name: 'features', title: 'Inputs', placeholder: '1024', minimum: 2, maximum: 65_536, whole: true },
  ],
  tokens: [
    { name: 'length', title: 'Words read, at most', placeholder: 'by the texts', minimum: 1, maximum: 1024, whole: true },
    { name: 'most', title: 'Words known, at most', placeholder: '20000', minimum: 2, maximum: 65_536, whole: true },
    { name: 'fewest', title: 'Rows with a word, at least', placeholder: '2', minimum: 1, maximum: 1_000_000, whole: true },
  ],
  picture: [
    { name: 'flip', within: 'augment', title: 'Mirror half of them', flag: true },
    { name: 'shift', within: 'augment', title: 'Move by a share of', placeholder: '0', minimum: 0, maximum: 0.5 },
    { name: 'rotate', within: 'augment', title: 'Turn by degrees', placeholder: '0', minimum: 0, maximum: 180 },
    { name: 'brightness', within: 'augment', title: 'Brighten by a share of', placeholder: '0', minimum: 0, maximum: 1 },
    { name: 'crop', within: 'augment', title: 'Crop by a share of', placeholder: '0', minimum: 0, maximum: 0.9 },
  ],
  'leave-out': [],
};
