/** Choosing a column's type from what was seen of it, with the reason in words and the warnings that belong to it. */
import type { Warning } from '../../spec/dataset.js';
import type { DateForm } from '../../spec/date-form.js';
import type { FieldType } from '../../spec/field-type.js';
import { areBooleans, type NumberFormat } from './cells.js';
import { epochForm, namesEpoch } from './dates.js';
import type { ColumnEvidence, Misfit, WrittenForm } from './evidence.js';

export interface Decision {
  type: FieldType;
  reason: string;
  format: NumberFormat;
  /** Of dates: how they are written, where not as ISO 8601. */
  dates?: DateForm | undefined;
  warnings: Warning[];
}

/** Why a column has the type that somebody gave it. It stands in records: by it a type is known to have been chosen. */
export const chosenReason = 'You chose it.';

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
 * @param beside how other columns of the table write their dates, or earlier rows of this one
 */
export function decide(
  name: string,
  evidence: ColumnEvidence,
  file: string,
  asked?: FieldType,
  byUser = true,
  beside?: DateForm,
): Decision {
  const format: NumberFormat = evidence.numbers.comma.fits > evidence.numbers.point.fits ? 'comma' : 'point';
  const inferred = asked ? askedFor(asked, { evidence, beside }, byUser) : infer(name, { evidence, beside }, format);
  const { type, reason } = inferred;
  // What a file declares it has read already.
  const dates = type === 'datetime' && (!asked || byUser) ? inferred.dates : undefined;
  const warnings = warningsOf(
    name,
    { evidence, format, type, dates: writtenOf(dates, { evidence, beside }), isEpoch: isEpochForm(dates) },
    file,
  );
  return { type, reason, format, ...(dates ? { dates } : {}), warnings };
}

const isEpochForm = (dates: DateForm | undefined): boolean => dates === 'seconds' || dates === 'milliseconds';
const writtenOf = (dates: DateForm | undefined, { evidence, beside }: Seen): WrittenDates | undefined =>
  dates === undefined || isEpochForm(dates) ? undefined : datesOf(evidence, beside);

interface Inferred {
  type: FieldType;
  reason: string;
  dates?: DateForm | undefined;
}

interface Seen {
  evidence: ColumnEvidence;
  beside: DateForm | undefined;
}

function askedFor(type: FieldType, { evidence, beside }: Seen, byUser: boolean): Inferred {
  const isIso = evidence.datetimes.fits === evidence.present;
  const dates =
    type !== 'datetime' || isIso
      ? undefined
      : (datesOf(evidence, beside)?.form ?? epochForm(evidence.least, evidence.greatest) ?? (isEpochForm(beside) ? beside : undefined));
  return { type, reason: byUser ? chosenReason : 'The file says so.', dates };
}

export interface WrittenDates {
  form: WrittenForm;
  reading: { fits: number; firstMisfit?: Misfit };
  /** All of them could as well be read the other way. */
  ambiguous: boolean;
}

/** The order of day and month of a table's dates, where some column tells it and none says otherwise. */
export function orderOf(columns: readonly ColumnEvidence[]): WrittenForm | undefined {
  const told = columns.map((evidence) => datesOf(evidence)).filter((found) => found && !found.ambiguous && found.form !== 'named');
  const forms = new Set(told.map((found) => found?.form));
  return forms.size === 1 ? [...forms][0] : undefined;
}

/**
 * How most of a column's dates are written.
 * @param beside how other columns of the table are, which decides where this one does not. With points between, the day comes first everywhere;
 * otherwise, where nothing tells, the month.
 */
export function datesOf({ dates, distinct }: ColumnEvidence, beside?: DateForm): WrittenDates | undefined {
  const { 'day-first': day, 'month-first': month, named } = dates;
  if (Math.max(day.fits, month.fits, named.fits) === 0) return undefined;
  if (named.fits > Math.max(day.fits, month.fits)) return { form: 'named', reading: named, ambiguous: false };
  if (day.fits !== month.fits) {
    const form = day.fits > month.fits ? 'day-first' : 'month-first';
    return { form, reading: dates[form], ambiguous: false };
  }
  if (beside === 'day-first' || beside === 'month-first') return { form: beside, reading: dates[beside], ambiguous: false };
  const hasPoints = distinct.values().some((value) => /^\d{1,2}\./.test(value));
  return hasPoints ? { form: 'day-first', reading: day, ambiguous: false } : { form: 'month-first', reading: month, ambiguous: true };
}

const formWords: Readonly<Record<WrittenForm, string>> = {
  'day-first': 'dates with the day first',
  'month-first': 'dates with the month first',
  named: "dates with the month's name",
};

function infer(name: string, { evidence, beside }: Seen, format: NumberFormat): Inferred {
  const { present, distinct } = evidence;
  const numbers = evidence.numbers[format];
  if (present === 0) return { type: 'text', reason: 'It has no values.' };
  if (numbers.fits >= enoughFit * present && evidence.leadingZeros === 0) return inferNumber(name, evidence, format);
  if (evidence.datetimes.fits >= enoughFit * present) {
    return { type: 'datetime', reason: `${all(evidence.datetimes.fits, present)} ISO 8601 dates.` };
  }
  const written = datesOf(evidence, beside);
  if (written && written.reading.fits >= enoughFit * present) {
    return { type: 'datetime', reason: `${all(written.reading.fits, present)} ${formWords[written.form]}.`, dates: written.form };
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

function inferNumber(name: string, evidence: ColumnEvidence, format: NumberFormat): Inferred {
  const { present, missing } = evidence;
  const numbers = evidence.numbers[format];
  const decimals = format === 'comma' ? ' with a decimal comma' : '';
  const finite = numbers.fits - numbers.infinite;
  const infinite = numbers.infinite > 0 ? `; ${numbers.infinite} infinite or beyond ±1e100 count as missing` : '';
  if (numbers.integers < finite) return { type: 'number', reason: `${all(finite, present)} numbers${decimals}${infinite}.` };
  const epoch = namesEpoch(name) && numbers.fits === present ? epochForm(evidence.least, evidence.greatest) : undefined;
  if (epoch) {
    return { type: 'datetime', reason: `Its name says that it is a time, and its values are ${epoch} since 1970.`, dates: epoch };
  }
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

interface Decided {
  evidence: ColumnEvidence;
  format: NumberFormat;
  type: FieldType;
  dates: WrittenDates | undefined;
  /** Numbers that are times. */
  isEpoch: boolean;
}

function warningsOf(name: string, { evidence, format, type, dates, isEpoch }: Decided, file: string): Warning[] {
  const isNumber = type === 'number' || type === 'integer' || isEpoch;
  const reading = isNumber ? evidence.numbers[format] : type === 'datetime' ? (dates?.reading ?? evidence.datetimes) : undefined;
  const warnings: Warning[] = [];
  if (dates?.ambiguous) {
    warnings.push({
      code: 'ambiguous-dates',
      message: `In column "${name}" no date says whether the day or the month comes first: both are 12 or less in all ${dates.reading.fits}. The month was taken to come first.`,
      advice: 'Where the day comes first, write the dates as 2024-05-31.',
      place: { file, column: name },
    });
  }
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
