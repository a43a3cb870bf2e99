/** What a profile shows that somebody should do about, beside leaks: repeats, classes, and columns that say little. */
import type { Finding, Profile, ProfiledColumn } from '../../spec/profile.js';
import type { Overview } from './pass.js';

const nearlyConstant = 0.99;
const mostlyMissing = 0.5;
const manyOutliers = 0.05;
const imbalanced = 0.9;
const rareRows = 10;
const togetherShare = 0.8;
const sameValue = 0.98;
const mostTogether = 3;

const percent = (share: number): string => `${Math.floor(share * 1000) / 10} %`;
const about = (error: number): string => (error > 0 ? 'about ' : '');

/** Columns that have the same fault are one finding. */
function ofColumns(
  code: Finding['code'],
  severity: Finding['severity'],
  columns: readonly string[],
  says: string,
  advice: string,
): Finding[] {
  if (columns.length === 0) return [];
  const named = columns.length === 1 ? `"${columns[0]}"` : `${columns.length} columns, as "${columns[0]}" and "${columns[1]}",`;
  return [
    {
      code,
      severity,
      message: `${named} ${columns.length === 1 ? says.replace('{are}', 'is').replace('{have}', 'has') : says.replace('{are}', 'are').replace('{have}', 'have')}`,
      advice,
      columns: [...columns],
    },
  ];
}

export function overviewFindings({ columns, duplicates, missing }: Overview, rows: number): Finding[] {
  const present = ({ missing: none }: ProfiledColumn): number => Math.max(1, rows - none);
  const names = (holds: (column: ProfiledColumn) => boolean): string[] => columns.filter(holds).map(({ name }) => name);
  const constant = names(
    (column) => rows > 1 && column.missing < rows && (column.top?.values[0]?.count ?? 0) >= nearlyConstant * present(column),
  );
  const empty = names((column) => rows > 0 && column.missing >= mostlyMissing * rows);
  const outlying = names(
    ({ numbers, ...column }) => (numbers?.outliers.count ?? 0) >= manyOutliers * present(column) && (numbers?.outliers.count ?? 0) > 3,
  );
  return [
    ...repeatFindings(duplicates, rows),
    ...ofColumns('near-constant', 'warn', constant, '{are} the same in nearly every row.', 'A model learns little from it; leave it out.'),
    ...ofColumns(
      'mostly-missing',
      'warn',
      empty,
      '{have} no value in half of the rows or more.',
      'Leave it out, unless that it is missing says something.',
    ),
    ...togetherFindings(missing, columns),
    ...ofColumns(
      'many-outliers',
      'note',
      outlying,
      '{have} many values far from the middle half (beyond 1.5 interquartile ranges).',
      'Look whether they are mistakes; a robust scaling or a logarithm helps if they are not.',
    ),
  ];
}

function repeatFindings({ rows: repeated, error, examples, besideIdentifiers }: Profile['duplicates'], rows: number): Finding[] {
  const found: Finding[] = [];
  const example = (all: typeof examples): string => (all[0] ? ` Row ${all[0].row} occurs ${all[0].count} times.` : '');
  const advice = 'Import the table without them: a row that is trained on and tested on flatters the model.';
  if (repeated > 0) {
    const message = `${about(error)}${repeated} of ${rows} rows (${percent(repeated / rows)}) are the same as an earlier one.${example(examples)}`;
    found.push({ code: 'duplicate-rows', severity: repeated >= 0.01 * rows ? 'warn' : 'note', message, advice, columns: [] });
  }
  if (besideIdentifiers && besideIdentifiers.rows > repeated) {
    const { rows: alike, error: alikeError, examples: alikeExamples } = besideIdentifiers;
    const message = `${about(alikeError)}${alike} of ${rows} rows (${percent(alike / rows)}) are the same as an earlier one but for the identifier.${example(alikeExamples)}`;
    found.push({ code: 'duplicate-rows', severity: alike >= 0.01 * rows ? 'warn' : 'note', message, advice, columns: [] });
  }
  return found;
}

/** Columns nearly all of whose missing values lie in the same rows. */
function togetherFindings({ patterns }: Profile['missing'], columns: readonly ProfiledColumn[]): Finding[] {
  const missing = new Map(columns.map((column) => [column.name, column.missing]));
  const whole = patterns.filter(
    ({ columns: together, rows }) =>
      together.length > 1 && rows >= 5 && together.every((name) => rows >= togetherShare * (missing.get(name) ?? 0)),
  );
  return whole
    .slice(0, mostTogether)
    .flatMap(({ columns: together, rows }) =>
      ofColumns(
        'missing-together',
        'note',
        together,
        `{are} missing in the same ${rows} rows.`,
        'They come from one source that was not there: what it is may be worth a column of its own.',
      ),
    );
}

export function classFindings(target: ProfiledColumn, classes: NonNullable<Profile['classes']>, rows: number): Finding[] {
  const known = rows - target.missing;
  const found: Finding[] = [];
  if (classes.largest.share >= imbalanced) {
    found.push({
      code: 'class-imbalance',
      severity: 'warn',
      message: `${percent(classes.largest.share)} of "${target.name}" are "${classes.largest.value}": always answering that is right just as often.`,
      advice: 'Judge by balanced accuracy or ROC AUC, and let rare classes weigh more.',
      columns: [target.name],
    });
  }
  const smallest = classes.smallest;
  if (smallest && Math.round(smallest.share * known) < rareRows) {
    found.push({
      code: 'rare-classes',
      severity: 'warn',
      message: `"${smallest.value}" of "${target.name}" has only ${Math.round(smallest.share * known)} rows.`,
      advice: 'Too few to learn from and to test on: find more, or put rare classes together.',
      columns: [target.name],
    });
  }
  return found;
}

/** Pairs, beside the target, of which one says all of the other. */
export function sameColumnFindings({ columns, values }: Profile['correlations'], target: string | undefined): Finding[] {
  const found: Finding[] = [];
  for (const [row, one] of columns.entries()) {
    for (let column = 0; column < row; column++) {
      const other = columns[column];
      if (one === target || other === target || Math.abs(values[row][column] ?? 0) < sameValue) continue;
      found.push({
        code: 'same-column',
        severity: 'note',
        message: `"${other}" and "${one}" say nearly the same (${Math.abs(values[row][column] ?? 0).toFixed(3)} of 1).`,
        advice: 'One of them is enough; a linear model is steadier without the other.',
        columns: [other, one],
      });
    }
  }
  return found.slice(0, 10);
}
