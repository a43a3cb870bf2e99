/** The body of a request about one row, in the words of each protocol. */
import type { RawRow } from '../../infer/models.js';
import type { Field } from '../../spec/field.js';
import { isNumeric } from '../../spec/field-type.js';
import type { ServedProtocol } from './address.js';

/** A form has texts; a caller writes numbers as numbers. */
const sentOf = ({ name, type }: Field, row: RawRow): unknown => {
  const given = row[name] ?? null;
  return typeof given === 'string' && isNumeric(type) && type !== 'datetime' ? Number(given) : given;
};

export function bodyOf(protocol: ServedProtocol, fields: readonly Field[], row: RawRow): unknown {
  const values = fields.map((field) => [field.name, sentOf(field, row)] as const);
  if (protocol === 'tensorflow') return { instances: [Object.fromEntries(values)] };
  const inputs = values.map(([name, value], index) => {
    const { type } = fields[index];
    return { name, shape: [1], datatype: isNumeric(type) && type !== 'datetime' ? 'FP64' : 'BYTES', data: [value] };
  });
  return { inputs };
}

/** A picture file in base64. */
export const pictureBody = (protocol: ServedProtocol, { name }: Field, base64: string): unknown =>
  protocol === 'tensorflow' ? { instances: [{ b64: base64 }] } : { inputs: [{ name, shape: [1], datatype: 'BYTES', data: [base64] }] };
