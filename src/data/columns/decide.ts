/** Choosing a column's type from what was seen of it, with the reason in words and the warnings that belong to it. */
import type { Warning } from '../../spec/dataset.js';
import type { FieldType } from '../../spec/field-type.js';
import { areBooleans, type NumberFormat } from './cells.js';
import type { ColumnEvidence, Misfit } from './evidence.js';

export interface Decision {
  type: FieldType;
  reason: string;
  format: NumberFormat;
  warnings: Warning[];
}

/** Share of a column's values that must be numbers (or dates) for the others to be taken for mistakes. */
const enoughFit = 0.95;

/** Distinct values that make a category in any case; more do where they repeat, up to the second number. */
const fewCategories = 20;
const mostCategories = 1000;

/** Mean length, in characters, from which values are text and not names of categories. */
const textLength = 60;

const identifierWord = /^(?:id|index|row|row_?(?:id|number|names?)|number|no|nr|uuid|guid|key|unnamed.*|.*[_\s-](?:id|uuid|key))$/i;
const identifierSuffix = /[a-z](?:Id|ID)$/;
const isIdentifierName = (name: string): boolean => identifierWord.test(name) || identifierSuffix.test(name);

/**
 * @param asked the type that the user wants, or that the file declares, whatever the values look like
 * @param byUser which of the two
 */
export function decide(name: string, evidence: ColumnEvidence, file: string, asked?: FieldType, byUser = true): Decision {
  const format: NumberFormat = evidence.numbers.comma.fits > evidence.numbers.point.fits ? 'comma' : 'point';
  const { type, reason } = asked ? { type: asked, reason: byUser ? 'You chose it.' : 'The file says so.' } : infer(name, evidence, format);
  return { type, reason, format, warnings: warningsOf(name, evidence, format, type, file) };
}

function infer(name: string, evidence: ColumnEvidence, format: NumberFormat): { type: FieldType; reason: string } {
  const { present, distinct } = evidence;
  const numbers = evidence.numbers[format];
  if (present === 0) return { type: 'text', reason: 'It has no values.' };
  if (numbers.fits >= enoughFit * present && evidence.leadingZeros === 0) return inferNumber(name, evidence, format);
  if (evidence.datetimes.fits >= enoughFit * present) {
    return { type: 'datetime', reason: `${all(evidence.datetimes.fits, present)} ISO 8601 dates.` };
  }
  const zeros = evidence.leadingZeros > 0 && numbers.fits === present ? ' Numbers with leading zeros are names, not quantities.' : '';
  if (areBooleans(distinct.values())) return { type: 'boolean', reason: `Its values are "${distinct.values().join('" and "')}".` };
  const isUnique = !distinct.repeats && evidence.missing === 0;
  const meanLength = evidence.characters / present;
  const isProse = meanLength > textLength || (evidence.spaced > present / 2 && meanLength > textLength / 2);
  if (isUnique && !isProse && (isIdentifierName(name) || present > fewCategories)) {
    return { type: 'identifier', reason: `No value occurs twice in ${present} rows.${zeros}` };
  }
  const repeatsEnough = distinct.size <= fewCategories ? !isProse || distinct.size <= present / 2 : distinct.size <= present / 2;
  if (!distinct.isFull && distinct.size <= mostCategories && repeatsEnough && meanLength <= 2 * textLength) {
    return { type: 'category', reason: `${distinct.size} distinct values in ${present} rows.${zeros}` };
  }
  const atLeast = distinct.isFull ? 'More than ' : '';
  return {
    type: 'text',
    reason: `${atLeast}${distinct.size} distinct values in ${present} rows, ${Math.round(meanLength)} characters on average.${zeros}`,
  };
}

function inferNumber(name: string, evidence: ColumnEvidence, format: NumberFormat): { type: FieldType; reason: string } {
  const { present, missing } = evidence;
  const numbers = evidence.numbers[format];
  const decimals = format === 'comma' ? ' with a decimal comma' : '';
  const finite = numbers.fits - numbers.infinite;
  const infinite = numbers.infinite > 0 ? `; ${numbers.infinite} infinite or beyond ±1e100 count as missing` : '';
  if (numbers.integers < finite) return { type: 'number', reason: `${all(finite, present)} numbers${decimals}${infinite}.` };
  const isUnique = missing === 0 && numbers.fits === present && !evidence.repeats;
  if (isUnique && present > 2 && isIdentifierName(name)) {
    const runs = numbers.runsFrom0 || numbers.runsFrom1;
    return {
      type: 'identifier',
      reason: runs ? 'It numbers the rows.' : `Its name says so, and no value occurs twice in ${present} rows.`,
    };
  }
  return { type: 'integer', reason: `${all(finite, present)} whole numbers${decimals}${infinite}.` };
}

const all = (count: number, of: number): string => (count === of ? `All ${of} values are` : `${count} of ${of} values are`);

function warningsOf(name: string, evidence: ColumnEvidence, format: NumberFormat, type: FieldType, file: string): Warning[] {
  const isNumber = type === 'number' || type === 'integer';
  const reading = isNumber ? evidence.numbers[format] : type === 'datetime' ? evidence.datetimes : undefined;
  const warnings: Warning[] = [];
  const at = ({ row, line }: Misfit): Warning['place'] => ({ file, column: name, row, ...(line === undefined ? {} : { line }) });
  if (reading?.firstMisfit) {
    const { firstMisfit: first } = reading;
    const kind = isNumber ? 'numbers' : 'dates';
    warnings.push({
      code: 'mixed-column',
      message: `Column "${name}" holds ${kind} but for ${evidence.present - reading.fits} values, the first in row ${first.row}${lineOf(first)}: "${first.value}". They count as missing.`,
      advice: 'Correct them, or choose the type "category" or "text" for this column.',
      place: at(first),
    });
  }
  const { firstInfinite, infinite } = evidence.numbers[format];
  if (isNumber && firstInfinite) {
    warnings.push({
      code: 'infinite-values',
      message: `Column "${name}" has ${infinite} values that are infinite or beyond ±1e100, the first in row ${firstInfinite.row}${lineOf(firstInfinite)}. They count as missing.`,
      advice: 'Replace them with numbers if they stand for something known.',
      place: at(firstInfinite),
    });
  }
  return warnings;
}

const lineOf = ({ line }: Misfit): string => (line === undefined ? '' : ` (line ${line})`);
