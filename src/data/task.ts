/** What can be learnt about a column: which task, and the rows that say it. */
import { InputError } from '../base/errors.js';
import type { Field } from '../spec/field.js';
import { isNumeric } from '../spec/field-type.js';
import { learnsWithoutTarget, type Task } from '../spec/task.js';
import { columnNamed, listed, textsOf } from './columns/access.js';
import type { Table } from './table.js';
import { isListBy, jsonList } from './targets/separators.js';

/** More classes than this are an identifier or a number in disguise. */
export const mostClasses = 1000;

/** An integer column with no more distinct values than this is taken for classes. */
const mostIntegerClasses = 10;

/** @throws InputError `target-missing`, listing the columns that there are */
export function targetField(fields: readonly Field[], name: string): Field {
  const field = fields.find((candidate) => candidate.name === name);
  if (field) return field;
  throw new InputError('target-missing', `There is no column "${name}" to predict.`, {
    advice: `Choose one of ${listed(fields.map((candidate) => candidate.name))}.`,
    place: { column: name },
  });
}

/**
 * The task of a training.
 * @throws InputError `target-missing`, `windows-misfit`, or as `decideTask` does
 */
export function taskFor(fields: readonly Field[], { target, task, pipeline }: Asked): { task: Task; reason: string } {
  const decided =
    target === '' && task === 'anomaly' ? { task, reason: 'You asked for it.' } : decideTask(targetField(fields, target), task);
  if (!pipeline?.windows || !learnsWithoutTarget(decided.task)) return decided;
  throw new InputError('windows-misfit', `Rows of a time series are asked for, and the task is ${decided.task}.`, {
    advice: 'Leave out "windows", or choose another task.',
    place: { field: 'pipeline.windows' },
  });
}

interface Asked {
  target: string;
  task?: Task | undefined;
  pipeline?: { windows?: unknown } | undefined;
}

/**
 * What is learnt of a column: what was asked for, where the column allows it, or classification or regression by its values.
 * @param asked what the user wants; refused where the column does not allow it
 * @returns the task, and why, as a sentence for people
 * @throws InputError `target-constant`, `one-class`, `too-many-classes`, `one-row-per-class`, `target-not-numeric`
 */
export function decideTask(field: Field, asked?: Task): { task: Task; reason: string } {
  const { task, reason } = taskOf(field, asked);
  const refuse = (code: string, message: string, advice: string): never => {
    throw new InputError(code, `Column "${field.name}" ${message}`, { advice, place: { column: field.name } });
  };
  const numeric = isNumeric(field.type);
  if (field.type === 'picture')
    refuse('target-is-picture', 'holds pictures; they are what is learnt from.', 'Choose the column of the classes.');
  if (task === 'anomaly') return { task, reason };
  if (field.distinct === 0) refuse('target-constant', 'has no value in any row.', 'Choose a column that has values.');
  if (field.distinct === 1 && numeric && asked !== 'classification') {
    refuse('target-constant', `is ${field.range?.minimum ?? 'the same'} in every row.`, 'Choose a column that varies.');
  }
  if ((task === 'regression' || task === 'forecast') && !numeric) {
    const advice = task === 'regression' ? 'Choose classification, or a column of numbers.' : 'Choose a column of numbers.';
    refuse('target-not-numeric', `holds ${field.type} values, not numbers.`, advice);
  }
  if (task === 'classification' && field.distinct === 1) {
    const only = field.top?.[0] ? `, "${field.top[0].value}"` : '';
    refuse('one-class', `has only one class${only}.`, 'Choose a column with at least two classes, or add rows of another class.');
  }
  if (task === 'classification' && field.distinct > mostClasses) {
    const advice = numeric ? 'Choose regression.' : 'Choose a column with fewer distinct values.';
    refuse('too-many-classes', `has ${field.distinct} distinct values; at most ${mostClasses} classes can be learnt.`, advice);
  }
  if (task === 'classification' && field.distinct > 1 && field.top?.[0]?.count === 1) {
    refuse('one-row-per-class', 'has another value in every row: no class is seen twice.', 'Choose a column whose values repeat.');
  }
  return { task, reason };
}

function taskOf(field: Field, asked: Task | undefined): { task: Task; reason: string } {
  if (asked) return { task: asked, reason: 'You asked for it.' };
  if (holdsLists(field)) return { task: 'multilabel', reason: `"${field.name}" holds lists of labels, as "${field.top?.[0]?.value}".` };
  if (!isNumeric(field.type)) return { task: 'classification', reason: `"${field.name}" holds ${field.type} values.` };
  if (field.distinct <= 2) return { task: 'classification', reason: `"${field.name}" has ${field.distinct} distinct values.` };
  if (field.type === 'integer' && field.distinct <= mostIntegerClasses) {
    return { task: 'classification', reason: `"${field.name}" holds integers with only ${field.distinct} distinct values.` };
  }
  return { task: 'regression', reason: `"${field.name}" holds numbers with ${field.distinct} distinct values.` };
}

/** Half of the most frequent values are lists that nobody writes for anything else: commas stand in ordinary texts. */
function holdsLists({ top = [] }: Field): boolean {
  const lists = top.filter(({ value }) => isListBy('|', value) || isListBy(jsonList, value));
  return top.length > 1 && lists.length >= top.length / 2;
}

/** The rows, ascending, that can train, validate and test: all of them, or those whose target has a value. */
export const rowsToLearn = (table: Table, target: string, task?: Task): Uint32Array =>
  task !== undefined && learnsWithoutTarget(task)
    ? Uint32Array.from({ length: table.rows }, (_, row) => row)
    : rowsWithTarget(table, target);

/** The rows, ascending, whose target has a value. */
export function rowsWithTarget(table: Table, target: string): Uint32Array {
  const column = columnNamed(table, target);
  const rows = Array.from({ length: table.rows }, (_, row) => row);
  if (column.kind === 'number') return Uint32Array.from(rows.filter((row) => !Number.isNaN(column.values[row])));
  const { codes } = textsOf(column, target);
  return Uint32Array.from(rows.filter((row) => codes[row] >= 0));
}
