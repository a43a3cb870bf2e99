/** The columns that every log has, and how those of a model are told from them. */
import { sha256 } from '../../base/hash.js';
import type { Field } from '../../spec/field.js';
import type { FieldType } from '../../spec/field-type.js';

/** Names that are in the exports of everybody. */
export const inputPrefix = 'input.';
export const outputPrefix = 'output.';
export const outcomePrefix = 'outcome.';

export const columnField = (name: string, type: FieldType): Field => ({ name, type, missing: 1, distinct: 0, reason: 'As it was logged.' });

export const commonFields = [
  columnField('id', 'text'),
  columnField('row', 'number'),
  columnField('time', 'datetime'),
  columnField('version', 'number'),
  columnField('arm', 'category'),
  columnField('unit', 'text'),
  columnField('latency', 'number'),
];
export const outcomeFields = [
  columnField('id', 'text'),
  columnField('row', 'number'),
  columnField('time', 'datetime'),
  columnField('event', 'category'),
  columnField('value', 'number'),
];

/** Who asked, without saying who: enough of SHA-256 that two never meet. */
export const hashOfUnit = async (unit: string): Promise<string> => (await sha256(unit)).slice(0, 32);
