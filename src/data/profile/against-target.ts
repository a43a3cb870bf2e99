/** A profile from what the pass gave: every column against the target, the strongest against each other, and what follows. Needs no row again. */
import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import { milliseconds } from '../../base/clock.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import { isNumeric } from '../../spec/field-type.js';
import { type Finding, type Profile, type ProfiledColumn, profileVersion } from '../../spec/profile.js';
import type { Task } from '../../spec/task.js';
import { likelyTargets } from '../suggested-target.js';
import { decideTask } from '../task.js';
import { classFindings, overviewFindings, sameColumnFindings } from './findings.js';
import { leakOf, orderOfRows } from './leaks.js';
import { associate, correlate, predictsAlone, type Side } from './pair.js';
import type { Overview, Sample } from './pass.js';

const slice = 30;
/** Columns, and rows of the sample, in the picture of correlations. */
const mostCorrelated = 20;
const correlatedRows = 10_000;
const mostLeaks = 12;

export async function profileAgainst(
  record: DatasetRecord,
  target: string | undefined,
  { overview, sample }: { overview: Overview; sample: Sample },
  signal?: AbortSignal,
): Promise<Profile> {
  const { fields, rows, hash } = record;
  let rested = milliseconds();
  const rest = async (): Promise<void> => {
    if (milliseconds() - rested < slice) return;
    await yieldToEventLoop();
    throwIfAborted(signal);
    rested = milliseconds();
  };
  const sides = fields.map(
    ({ type }, index): Side => ({
      values: sample.columns[index],
      isNumber: isNumeric(type) || (type === 'identifier' && sample.ordered[index]),
    }),
  );
  const goalIndex = fields.findIndex(({ name }) => name === target);
  const task = goalIndex < 0 ? undefined : taskOf(record, goalIndex);
  const goal: Side | undefined = task && { values: sides[goalIndex].values, isNumber: task === 'regression' };
  const columns: ProfiledColumn[] = [];
  const leaks: Finding[] = [];
  for (const [index, column] of overview.columns.entries()) {
    if (!goal || index === goalIndex || column.type === 'picture') {
      columns.push(column);
      continue;
    }
    const association = associate(sides[index], goal);
    await rest();
    const alone = association && predictsAlone(sides[index], goal);
    await rest();
    const measured = { ...column, ...(association ? { association } : {}), ...(alone ? { alone } : {}) };
    columns.push(measured);
    const leak = leakOf({ column: measured, side: sides[index] }, overview.columns[goalIndex], goal);
    if (leak && leaks.length < mostLeaks) leaks.push(leak);
    await rest();
  }
  const correlations = await correlationsOf(columns, goal ? sides.with(goalIndex, goal) : sides, goalIndex, rest);
  const classes = task === 'classification' ? classesOf(overview.columns[goalIndex], rows) : undefined;
  const chosen = goal ? fields[goalIndex].name : undefined;
  return {
    version: profileVersion,
    hash,
    rows,
    sampled: sample.positions.length,
    ...(chosen === undefined ? {} : { target: chosen }),
    targets: likelyTargets(fields, record.origin.kind === 'builtin' ? record.suggestedTarget : undefined),
    columns,
    correlations,
    duplicates: overview.duplicates,
    missing: overview.missing,
    ...(classes ? { classes } : {}),
    findings: [
      ...leaks,
      ...(classes ? classFindings(overview.columns[goalIndex], classes, rows) : []),
      ...overviewFindings(overview, rows),
      ...sameColumnFindings(correlations, chosen),
      ...(goal && chosen !== undefined ? orderOfRows(sample.positions, chosen, goal) : []),
    ],
  };
}

/** Undefined where the column cannot be learnt: it is looked at all the same. */
function taskOf({ fields }: DatasetRecord, index: number): Task | undefined {
  try {
    return decideTask(fields[index]).task;
  } catch {
    return undefined;
  }
}

async function correlationsOf(
  columns: readonly ProfiledColumn[],
  sides: readonly Side[],
  goalIndex: number,
  rest: () => Promise<void>,
): Promise<Profile['correlations']> {
  const strength = (index: number): number =>
    index === goalIndex ? 2 : (columns[index].association?.value ?? (sides[index].isNumber ? 0.001 : 0));
  const usable = columns.flatMap(({ type, distinct }, index) =>
    distinct.value > 1 && (isNumeric(type) || type === 'category' || type === 'boolean') ? [index] : [],
  );
  const chosen = usable.sort((a, b) => strength(b) - strength(a) || a - b).slice(0, mostCorrelated);
  const rows = sides[0]?.values.length ?? 0;
  const step = Math.max(1, Math.ceil(rows / correlatedRows));
  const fewer = chosen.map(
    (index): Side => ({ isNumber: sides[index].isNumber, values: sides[index].values.filter((_, row) => row % step === 0) }),
  );
  const values: (number | null)[][] = chosen.map(() => chosen.map(() => 1));
  for (let row = 0; row < chosen.length; row++) {
    for (let column = 0; column < row; column++) {
      const value = correlate(fewer[row], fewer[column]);
      values[row][column] = value;
      values[column][row] = value;
      await rest();
    }
  }
  return { columns: chosen.map((index) => columns[index].name), values };
}

function classesOf({ top, missing, distinct }: ProfiledColumn, rows: number): Profile['classes'] {
  const known = rows - missing;
  const largest = top?.values[0];
  if (!top || !largest || known <= 0) return undefined;
  const last = distinct.value <= top.values.length && top.error === 0 ? top.values.at(-1) : undefined;
  const share = ({ value, count }: { value: string; count: number }): { value: string; share: number } => ({ value, share: count / known });
  return { count: distinct.value, largest: share(largest), ...(last ? { smallest: share(last) } : {}) };
}
