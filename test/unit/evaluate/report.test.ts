import { expect, test } from 'vitest';
import type { Column, Table, TextColumn } from '../../../src/data/table.js';
import { Gatherer } from '../../../src/evaluate/gather.js';
import { buildReport } from '../../../src/evaluate/report.js';
import type { FittedPipeline } from '../../../src/spec/pipeline.js';
import { EvaluationReport } from '../../../src/spec/report.js';
import { validate } from '../../../src/spec/validate.js';
import { classificationMetrics } from '../../../src/stats/metrics.js';

const text = (values: (string | null)[]): TextColumn => {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  return { kind: 'text', dictionary, codes: Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value))) };
};
const table = (columns: Record<string, Exclude<Column, { kind: 'picture' }>>): Table => {
  const [first] = Object.values(columns);
  const rows = first.kind === 'text' ? first.codes.length : first.values.length;
  return { rows, names: Object.keys(columns), columns: Object.values(columns) };
};

const pipeline = (target: FittedPipeline['target']): FittedPipeline => ({
  version: 2,
  reads: [],
  derived: [],
  steps: [],
  target,
  ignored: [],
  inputs: 0,
});
const classes = ['no', 'yes'];
const yesOrNo = pipeline({ kind: 'classes', column: 'answer', classes });
const threeOf = pipeline({ kind: 'classes', column: 'answer', classes: ['x', 'y', 'z'] });
const priceOf = pipeline({ kind: 'value', column: 'price', transform: 'none', mean: 10, deviation: 2 });

/** Two chunks, as a file would come: six rows of groups a and b, one without a target, one of an unknown class. */
function gathered(): ReturnType<Gatherer['finish']> {
  const gatherer = new Gatherer(yesOrNo, 'team');
  gatherer.add(
    table({ answer: text(['yes', 'no', null, 'yes']), team: text(['b', 'b', 'b', 'a']) }),
    [0.2, 0.8, 0.4, 0.6, 0.5, 0.5, 0.9, 0.1],
  );
  gatherer.add(table({ answer: text(['no', 'perhaps', 'yes']), team: text(['a', 'a', null]) }), [0.7, 0.3, 0.5, 0.5, 0.1, 0.9]);
  return gatherer.finish();
}

test('rows without a known target are counted, left out and named', () => {
  const { actual, outputs, leftOut, warnings, groupNames } = gathered();
  expect([...actual]).toEqual([1, 0, 1, 0, 1]);
  expect(outputs).toHaveLength(10);
  expect(leftOut).toBe(2);
  expect(groupNames).toEqual(['b', 'a', '']);
  expect(warnings.map(({ code, place }) => [code, place.row])).toEqual([
    ['target-missing-in-rows', 3],
    ['unknown-class', 6],
  ]);
  expect(warnings[1].message).toContain('"perhaps"');
});

test('a classification reports figures, confusion, calibration, groups and fairness that fit together', () => {
  const report = buildReport({ target: yesOrNo.target, gathered: gathered(), group: 'team' });
  expect(validate(EvaluationReport, report, 'report')).toEqual(report);
  expect(report.rows).toBe(5);
  expect(report.confusion).toEqual({
    classes,
    counts: [
      [1, 1],
      [1, 2],
    ],
  });
  expect(report.metrics).toMatchObject({ accuracy: 3 / 5 });
  expect(report.groups?.map(({ group, rows }) => [group, rows])).toEqual([
    ['', 1],
    ['a', 2],
    ['b', 2],
  ]);
  const b = report.groups?.[2];
  expect(b?.metrics).toEqual(
    classificationMetrics({ actual: Int32Array.of(1, 0), probabilities: Float32Array.of(0.2, 0.8, 0.4, 0.6), classes: 2 }),
  );
  expect(b).toMatchObject({ selectionRate: { no: 0, yes: 1 }, truePositiveRate: 1, falsePositiveRate: 1 });
  // Selection rates of "yes": 1 (none), 0 (a), 1 (b); true positive rates 1, 0, 1; false positive rates 0, 0, 1.
  expect(report.fairness).toEqual({
    column: 'team',
    positiveClass: 'yes',
    demographicParityDifference: 1,
    demographicParityRatio: 0,
    equalizedOddsDifference: 1,
    equalizedOddsRatio: 0,
  });
});

test('the positive class can be chosen, and an unknown one is refused by name', () => {
  const report = buildReport({ target: yesOrNo.target, gathered: gathered(), group: 'team', positiveClass: 'no' });
  expect(report.fairness?.positiveClass).toBe('no');
  expect(report.groups?.[1].truePositiveRate).toBe(1);
  expect(() => buildReport({ target: yesOrNo.target, gathered: gathered(), group: 'team', positiveClass: 'maybe' })).toThrow(
    expect.objectContaining({ code: 'unknown-class', message: expect.stringContaining('maybe') }),
  );
});

test('three classes leave the positive one open: groups without fairness', () => {
  const gatherer = new Gatherer(threeOf, 'team');
  gatherer.add(table({ answer: text(['x', 'y']), team: text(['a', 'b']) }), [1, 0, 0, 0, 0, 1]);
  const report = buildReport({ target: threeOf.target, gathered: gatherer.finish(), group: 'team' });
  expect(report.groups).toHaveLength(2);
  expect(report.fairness).toBeUndefined();
  expect(report.groups?.[1].selectionRate).toEqual({ x: 0, y: 0, z: 1 });
});

test('a regression is measured in the unit of its target', () => {
  const gatherer = new Gatherer(priceOf, 'team');
  gatherer.add(table({ price: { kind: 'number', values: Float64Array.of(10, Number.NaN, 14) }, team: text(['a', 'a', 'b']) }), [11, 0, 12]);
  const report = buildReport({ target: priceOf.target, gathered: gatherer.finish(), group: 'team' });
  expect(report).toMatchObject({ task: 'regression', rows: 2, leftOut: 1, metrics: { mae: 1.5, r2: 1 - 5 / 8 } });
  expect(report.groups?.map(({ metrics }) => metrics)).toEqual([
    { rmse: 1, mae: 1, r2: 0 },
    { rmse: 2, mae: 2, r2: 0 },
  ]);
});

test('nothing to measure and too many groups are refused', () => {
  const none = new Gatherer(yesOrNo);
  none.add(table({ answer: text([null]) }), [1, 0]);
  expect(() => none.finish()).toThrow(expect.objectContaining({ code: 'no-rows', place: { column: 'answer' } }));
  const many = new Gatherer(yesOrNo, 'team');
  const rows = Array.from({ length: 101 }, (_, row) => String(row));
  expect(() => many.add(table({ answer: text(rows.map(() => 'yes')), team: text(rows) }), new Float32Array(202))).toThrow(
    expect.objectContaining({ code: 'too-many-groups' }),
  );
});
