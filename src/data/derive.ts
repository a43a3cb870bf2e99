/** Derived columns: each an expression over columns of its row, checked once, then computed for whatever chunk comes. */
import { InputError } from '../base/errors.js';
import type { Field } from '../spec/field.js';
import { type FieldType, isNumeric } from '../spec/field-type.js';
import type { FittedDerivation } from '../spec/pipeline.js';
import type { Derivation } from '../spec/pipeline-spec.js';
import { columnNamed, numbersOf, textsOf } from './columns/access.js';
import { meansBoolean } from './columns/cells.js';
import { textColumn } from './columns/text.js';
import { typeOf } from './expression/check.js';
import { evaluate } from './expression/evaluate.js';
import { parseExpression } from './expression/parse.js';
import type { Expression } from './expression/syntax.js';
import type { ValueType, Vector } from './expression/vector.js';
import type { Column, Table } from './table.js';

const valueType = (type: FieldType): ValueType | 'picture' =>
  type === 'picture' || type === 'boolean' || type === 'datetime' ? type : isNumeric(type) ? 'number' : 'text';

const fieldType: Readonly<Record<ValueType, FieldType>> = { number: 'number', text: 'category', boolean: 'boolean', datetime: 'datetime' };

/** The columns that an expression names, each once. */
export function columnsIn(expression: Expression): string[] {
  const names = new Set<string>();
  const visit = (node: Expression): void => {
    if (node.kind === 'column') names.add(node.name);
    else if (node.kind === 'call') node.arguments.forEach(visit);
    else if (node.kind === 'unary') visit(node.of);
    else if (node.kind === 'binary') [node.left, node.right].forEach(visit);
  };
  visit(expression);
  return [...names];
}

/** @throws InputError `expression-…`, `unknown-column`, `unknown-function` or `target-in-expression`, naming the place */
export function checkDerivation({ name, expression: text }: Derivation, fields: readonly Field[], target?: string): FittedDerivation {
  if (fields.some((field) => field.name === name)) {
    throw new InputError('column-exists', `There is a column "${name}" already.`, {
      advice: 'Give the derived column another name.',
      place: { column: name },
    });
  }
  const expression = parseExpression(text);
  const type = typeOf(expression, new Map(fields.map((field) => [field.name, valueType(field.type)])), text);
  const names = columnsIn(expression);
  if (target !== undefined && names.includes(target)) {
    throw new InputError('target-in-expression', `The column "${name}" cannot be derived from "${target}", which is to be learnt.`, {
      advice: 'The model would be told the answer. Derive it from other columns.',
      place: { column: name },
    });
  }
  const reads = fields.filter((field) => names.includes(field.name)).map((field) => ({ column: field.name, type: field.type }));
  return { name, expression: text, type: fieldType[type], reads };
}

/** All derivations in order, and the fields with those that they add. @throws InputError as `checkDerivation` */
export function checkDerivations(
  derivations: readonly Derivation[],
  fields: readonly Field[],
  target?: string,
): { derived: FittedDerivation[]; fields: Field[] } {
  const known = [...fields];
  const derived = derivations.map((derivation) => {
    const checked = checkDerivation(derivation, known, target);
    known.push({ name: checked.name, type: checked.type, missing: 0, distinct: 0, reason: `It is ${checked.expression}.` });
    return checked;
  });
  return { derived, fields: known };
}

/** The table with its derived columns after its own. @throws InputError `missing-column` or `not-a-number` */
export function withDerived(derived: readonly FittedDerivation[], table: Table): Table {
  let extended = table;
  for (const { name, expression, reads } of derived) {
    const of = extended;
    const columns = new Map(reads.map(({ column, type }) => [column, vectorOf(columnNamed(of, column), column, type)]));
    const vector = evaluate(parseExpression(expression), columns, table.rows);
    extended = { rows: table.rows, names: [...of.names, name], columns: [...of.columns, columnOf(vector)] };
  }
  return extended;
}

function vectorOf(column: Column, name: string, type: FieldType): Vector {
  const as = valueType(type);
  if (as === 'number' || as === 'datetime') return { type: as, values: numbersOf(column, name) };
  const { codes, dictionary } = textsOf(column, name);
  if (as === 'boolean') {
    const truths = dictionary.map((text) => (meansBoolean(text, true) ? 1 : meansBoolean(text, false) ? 0 : Number.NaN));
    return { type: 'boolean', values: Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : truths[code])) };
  }
  return { type: 'text', values: Array.from(codes, (code) => (code < 0 ? undefined : dictionary[code])) };
}

function columnOf(vector: Vector): Column {
  if (vector.type === 'text') return textColumn(vector.values);
  if (vector.type !== 'boolean') return { kind: 'number', values: vector.values };
  return textColumn(Array.from(vector.values, (value) => (Number.isNaN(value) ? undefined : value === 1 ? 'true' : 'false')));
}
