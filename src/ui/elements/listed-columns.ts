/** Which columns of a table are listed, and in which order. Pure. */
import type { Field } from '../../spec/field.js';
import type { FieldType } from '../../spec/field-type.js';
import type { Finding, ProfiledColumn } from '../../spec/profile.js';

export interface ListedColumn {
  field: Field;
  /** Before the profile is there, the field alone is known. */
  profiled: ProfiledColumn | undefined;
  findings: readonly Finding[];
}

export const orders = ['table', 'association', 'name', 'type', 'missing', 'distinct'] as const;
export type Order = (typeof orders)[number];

export interface Listing {
  text: string;
  type: FieldType | '';
  order: Order;
}

export function listedColumns(columns: readonly ListedColumn[], { text, type, order }: Listing): ListedColumn[] {
  const wanted = text.trim().toLowerCase();
  const found = columns.filter(({ field }) => (type === '' || field.type === type) && field.name.toLowerCase().includes(wanted));
  const by: Record<Order, ((one: ListedColumn, other: ListedColumn) => number) | undefined> = {
    table: undefined,
    association: (one, other) => strength(other) - strength(one),
    name: (one, other) => one.field.name.localeCompare(other.field.name, 'en', { numeric: true }),
    type: (one, other) => one.field.type.localeCompare(other.field.type, 'en'),
    missing: (one, other) => other.field.missing - one.field.missing,
    distinct: (one, other) => distinctOf(other) - distinctOf(one),
  };
  const compare = by[order];
  return compare ? found.sort(compare) : found;
}

const strength = ({ profiled }: ListedColumn): number => profiled?.association?.value ?? -1;
const distinctOf = ({ field, profiled }: ListedColumn): number => profiled?.distinct.value ?? field.distinct;
